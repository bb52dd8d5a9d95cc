import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readExampleOperations } from './example-operations.ts';
import { EXPLORER_PAGE, EXPLORER_SCRIPT } from './explorer-page.ts';

export interface Explorer {
  /** Answers a browser that opens the page, or that loads a part of it. False: the request is for the API. */
  serve(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
}

interface Asset {
  type: string;
  body: Buffer;
  gzipped: Buffer;
}

const ASSET_PREFIX = '/graphql/assets/';
const compress = promisify(gzip);
const require = createRequire(import.meta.url);

/** Only this server's own files; nothing is asked of another host, and no script that stands in the page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL out of node_modules, read when it is first opened. */
export function createExplorer(): Explorer {
  const assets = new Map<string, Promise<Asset | null>>();

  const assetOf = (name: string): Promise<Asset | null> => {
    const source = sourceOf(name);
    if (source === null) return Promise.resolve(null);
    const known = assets.get(name);
    if (known !== undefined) return known;
    const loading = load(source);
    assets.set(name, loading);
    // A file that could not be read may be there the next time.
    loading.catch(() => assets.delete(name));
    return loading;
  };

  return {
    async serve(req, res) {
      if (req.method !== 'GET' && req.method !== 'HEAD') return false;
      const path = (req.url ?? '').split('?', 1)[0] ?? '';
      if (path.startsWith(ASSET_PREFIX)) {
        const asset = await assetOf(path.slice(ASSET_PREFIX.length));
        if (asset === null) sendNotFound(res);
        else sendAsset(req, res, asset);
        return true;
      }
      if (path !== '/graphql') {
        sendNotFound(res);
        return true;
      }
      if (!wantsPage(req)) return false;
      sendPage(res);
      return true;
    },
  };
}

interface Source {
  type: string;
  read: () => Promise<Buffer | string>;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const SOURCES: Readonly<Record<string, Source>> = {
  'explorer.js': { type: SCRIPT, read: () => Promise.resolve(EXPLORER_SCRIPT) },
  'examples.js': { type: SCRIPT, read: examplesScript },
  'graphiql.css': { type: 'text/css; charset=utf-8', read: inPackage('graphiql', 'graphiql.min.css') },
  'graphiql.js': { type: SCRIPT, read: inPackage('graphiql', 'graphiql.min.js') },
  'react.js': { type: SCRIPT, read: inPackage('react', 'umd/react.production.min.js') },
  'react-dom.js': { type: SCRIPT, read: inPackage('react-dom', 'umd/react-dom.production.min.js') },
  'graphql-ws/client.js': { type: SCRIPT, read: inPackage('graphql-ws', 'dist/client.js') },
};

/** The graphql-ws client imports one file beside it, whose name changes with each version. */
const GRAPHQL_WS_COMMON = /^graphql-ws\/(common-[\w-]+\.js)$/;

function sourceOf(name: string): Source | null {
  const common = GRAPHQL_WS_COMMON.exec(name)?.[1];
  if (common !== undefined) return { type: SCRIPT, read: inPackage('graphql-ws', `dist/${common}`) };
  return Object.hasOwn(SOURCES, name) ? (SOURCES[name] ?? null) : null;
}

function inPackage(name: string, file: string): () => Promise<Buffer> {
  return () => readFile(join(dirname(require.resolve(`${name}/package.json`)), file));
}

async function examplesScript(): Promise<string> {
  return `export const examples = ${JSON.stringify(await readExampleOperations())};\n`;
}

async function load({ type, read }: Source): Promise<Asset | null> {
  try {
    const body = Buffer.from(await read());
    return { type, body, gzipped: await compress(body) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Browsers ask for HTML first; `GET ?query=` is a query all the same. */
function wantsPage({ headers, url }: IncomingMessage): boolean {
  return (
    (headers.accept ?? '').includes('text/html') &&
    !new URLSearchParams((url ?? '').split('?')[1]).has('query')
  );
}

function sendPage(res: ServerResponse): void {
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Cache-Control': 'no-cache',
    'Content-Length': Buffer.byteLength(EXPLORER_PAGE),
  });
  res.end(EXPLORER_PAGE);
}

function sendAsset(req: IncomingMessage, res: ServerResponse, { type, body, gzipped }: Asset): void {
  const encoded = /\bgzip\b/.test(String(req.headers['accept-encoding'] ?? ''));
  const bytes = encoded ? gzipped : body;
  res.writeHead(200, {
    'Content-Type': type,
    'Cache-Control': 'max-age=3600',
    Vary: 'Accept-Encoding',
    ...(encoded && { 'Content-Encoding': 'gzip' }),
    'Content-Length': bytes.length,
  });
  res.end(bytes);
}

function sendNotFound(res: ServerResponse): void {
  const body = JSON.stringify({
    status: 'error',
    errors: [{ path: '', message: 'there is nothing at this address' }],
  });
  res.writeHead(404, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  res.end(body);
}
