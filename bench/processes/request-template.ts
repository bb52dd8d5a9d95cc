import { createHmac } from 'node:crypto';

/** A request that is made anew for each number: `{{seq}}` is the number, `{{hmac}}` the hex HMAC of the body. */
export interface RequestTemplate {
  path: string;
  /** Names and values. */
  headers: readonly (readonly [string, string])[];
  /** ASCII. */
  body: string;
  /** For `{{hmac}}`. */
  secret: string;
}

const PLACEHOLDER = /\{\{(seq|hmac)\}\}/;
const SEQ_WIDTH = 10;
const HMAC_WIDTH = 64;

/** Lays the request out once; making one is then a copy and some overwritten bytes. */
export function compileRequest({ path, headers, body, secret }: RequestTemplate): (seq: number) => Buffer {
  const laidOutBody = layOut(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${laidOutBody.text.length}`,
    '\r\n',
  ].join('\r\n');
  const laidOutHead = layOut(head);
  const bodyStart = laidOutHead.text.length;
  const image = Buffer.from(laidOutHead.text + laidOutBody.text, 'latin1');
  const seqAt = [...laidOutHead.seqAt, ...laidOutBody.seqAt.map((at) => at + bodyStart)];
  return (seq) => {
    const request = Buffer.from(image);
    const digits = String(seq).padStart(SEQ_WIDTH, '0');
    for (const at of seqAt) request.write(digits, at, 'latin1');
    for (const at of laidOutHead.hmacAt) {
      const hmac = createHmac('sha256', secret).update(request.subarray(bodyStart)).digest('hex');
      request.write(hmac, at, 'latin1');
    }
    return request;
  };
}

/** The text with room for what goes in, and where that is. */
function layOut(template: string): { text: string; seqAt: number[]; hmacAt: number[] } {
  const seqAt: number[] = [];
  const hmacAt: number[] = [];
  let text = '';
  for (const [index, part] of template.split(PLACEHOLDER).entries()) {
    if (index % 2 === 0) {
      text += part;
    } else if (part === 'seq') {
      seqAt.push(text.length);
      text += '0'.repeat(SEQ_WIDTH);
    } else {
      hmacAt.push(text.length);
      text += '0'.repeat(HMAC_WIDTH);
    }
  }
  return { text, seqAt, hmacAt };
}
