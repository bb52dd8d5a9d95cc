import { readFile, readdir } from 'node:fs/promises';
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
  const sources = once(findSources);
  const assets = new Map<string, () => Promise<Asset | null>>();

  const assetOf = async (name: string): Promise<Asset | null> => {
    const source = (await sources()).get(name);
    // Anybody may ask for anything here: only what there is has a place in memory.
    if (source === undefined) return null;
    const load = assets.get(name) ?? once(() => loadAsset(source));
    assets.set(name, load);
    return load();
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
const GRAPHQL_WS_COMMON = /^common-[\w-]+\.js$/;

async function findSources(): Promise<ReadonlyMap<string, Source>> {
  const besideClient = await readdir(pathInPackage('graphql-ws', 'dist'));
  return new Map([
    ...Object.entries(SOURCES),
    ...besideClient
      .filter((file) => GRAPHQL_WS_COMMON.test(file))
      .map((file): [string, Source] => [
        `graphql-ws/${file}`,
        { type: SCRIPT, read: inPackage('graphql-ws', `dist/${file}`) },
      ]),
  ]);
}

function inPackage(name: string, file: string): () => Promise<Buffer> {
  return () => readFile(pathInPackage(name, file));
}

function pathInPackage(name: string, file: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), file);
}

/** Of what could not be read another try is made the next time. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}

async function examplesScript(): Promise<string> {
  return `export const examples = ${JSON.stringify(await readExampleOperations())};\n`;
}

async function loadAsset({ type, read }: Source): Promise<Asset | null> {
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
  // Beside the `Vary` of cors.ts, which `writeHead` would replace.
  res.appendHeader('Vary', 'Accept-Encoding');
  res.writeHead(200, {
    'Content-Type': type,
    'Cache-Control': 'max-age=3600',
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
