"""Runs the guide's own Python over webhooks as they were received.

Standard input: {"verifier", "receiver", "secret", "arrivals": [{"body", "signature"}]}; bodies are base64.
Standard output: {"results": [...], "messages": [...]}, one result for each arrival.
"""

import base64
import hashlib
import hmac
import json
import sys
import types

task = json.load(sys.stdin)
messages = []

# Of Flask, what the guide's receiver uses.
request = types.SimpleNamespace(json=None, headers={})


class Flask:
    def __init__(self, name):
        pass

    def route(self, path, methods):
        assert (path, methods) == ("/webhooks/opslens", ["POST"])
        return lambda view: view


sys.modules["flask"] = types.SimpleNamespace(Flask=Flask, request=request)

program = {"__name__": "receiver", "send_slack_message": messages.append}
exec(task["verifier"], program)
exec(task["receiver"], program)

results = []
for arrival in task["arrivals"]:
    body = base64.b64decode(arrival["body"])
    signature = arrival["signature"]
    payload = json.loads(body)
    bare = signature.removeprefix("sha256=")
    request.json = payload
    request.headers = {"X-Webhook-Signature": signature}
    results.append(
        {
            "prefixed": signature.startswith("sha256="),
            "verified": program["verify_webhook"](payload, bare, task["secret"]),
            "verified_with_another_secret": program["verify_webhook"](payload, bare, task["secret"] + "x"),
            "raw_bytes_verified": hmac.compare_digest(
                bare, hmac.new(task["secret"].encode(), body, hashlib.sha256).hexdigest()
            ),
            "canonical": body == json.dumps(payload, sort_keys=True).encode(),
            "answer": program["opslens_webhook"](),
        }
    )

json.dump({"results": results, "messages": messages}, sys.stdout)
