import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { compileRequest } from '../../../bench/processes/request-template.ts';
import {
  genericWebhook,
  githubWebhook,
  resolveWebhook,
  signedWebhook,
} from '../../../bench/rows/webhook-templates.ts';

it('each number makes a request of its own, whole and signed over its own body', () => {
  for (const template of [genericWebhook, githubWebhook, resolveWebhook, signedWebhook]) {
    const make = compileRequest(template);
    const [head = '', body = ''] = make(42).toString().split('\r\n\r\n');
    expect(make(43).toString()).not.toBe(make(42).toString());
    expect(head).toContain(`POST ${template.path} HTTP/1.1\r\n`);
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(JSON.stringify(JSON.parse(body))).toContain('0000000042');
    const signature = /X-Hub-Signature-256: sha256=(\w+)/.exec(head)?.[1];
    const expected = createHmac('sha256', template.secret).update(body).digest('hex');
    if (signature !== undefined) expect(signature).toBe(expected);
  }
});
