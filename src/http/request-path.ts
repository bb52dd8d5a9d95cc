import { httpError } from './http-error.ts';

/** A request's target, taken apart but not yet believed. */
export interface RequestPath {
  /** Decoded, without empty ones at the end: a slash at the end says the same. */
  segments: readonly string[];
  query: URLSearchParams;
}

/** Reads a request line's target: `/path?query`, or the absolute form that proxies send. */
export function parseRequestPath(target: string): RequestPath {
  const local = target.startsWith('/') ? target : localPart(target);
  const mark = local.indexOf('?');
  const path = mark === -1 ? local : local.slice(0, mark);
  const segments = path.slice(1).split('/').map(decode);
  if (segments.at(-1) === '') segments.pop();
  return { segments, query: new URLSearchParams(mark === -1 ? '' : local.slice(mark + 1)) };
}

function localPart(target: string): string {
  const url = /^https?:\/\//i.test(target) && URL.canParse(target) ? new URL(target) : null;
  if (url === null) throw httpError(400, 'the request target cannot be read');
  return url.pathname + url.search;
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw httpError(400, 'the path holds a broken percent encoding');
  }
}
