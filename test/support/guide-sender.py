"""Runs the guide's Datadog integration. Standard input: {"program", "event"}; standard output: what it returns."""

import json
import sys
import types
import urllib.request

task = json.load(sys.stdin)


# Of requests, what the guide's sender uses.
def post(url, json):
    body = dumps(json).encode()
    call = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    answer = urllib.request.urlopen(call).read()
    return types.SimpleNamespace(json=lambda: loads(answer))


dumps, loads = json.dumps, json.loads
sys.modules["requests"] = types.SimpleNamespace(post=post)

program = {}
exec(task["program"], program)
json.dump(program["send_to_opslens"](task["event"]), sys.stdout)
