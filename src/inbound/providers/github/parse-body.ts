import type { VerifiedRequest } from '../../intake.ts';
import type { JsonLimits } from '../../json-excess.ts';
import { decodeUtf8, parseJsonBody, parseJsonText } from '../../parse-json.ts';
import type { ParsedBody } from '../../provider.ts';

/** JSON, or a form that holds it. The signature covers the form as it came, so only this late is it taken apart. */
export function parseGithubBody(request: VerifiedRequest, limits: JsonLimits): ParsedBody {
  const isForm =
    request.headers['content-type']?.toLowerCase().includes('application/x-www-form-urlencoded') === true;
  const form = isForm ? decodeUtf8(request.body) : null;
  // curl sends JSON under this content type unless it is told otherwise.
  if (form === null || form.trimStart().startsWith('{')) return parseJsonBody(request, limits);
  const payload = payloadField(form);
  if (payload !== null) return parseJsonText(payload, limits);
  return { readable: false, problem: { path: 'payload', message: 'the form has no field of this name' } };
}

/** That field alone is decoded: a form may be made of millions of others. */
function payloadField(form: string): string | null {
  const start = form.startsWith('payload=') ? 0 : form.indexOf('&payload=') + 1;
  if (start === 0 && !form.startsWith('payload=')) return null;
  const end = form.indexOf('&', start);
  return new URLSearchParams(form.slice(start, end === -1 ? undefined : end)).get('payload');
}
