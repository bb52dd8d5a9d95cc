import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { startApp } from './app.ts';
import type { App } from './app.ts';
import { loadConfig } from './config.ts';
import { sourceVariables } from './domain/source-variables.ts';
import { createRegistry } from './inbound/registry.ts';
import { createLogger } from './kernel/logger.ts';

/** A stop that takes longer is cut off: whoever runs the process kills it soon after. */
const STOP_LIMIT_MS = 19_000;
/** A second signal this soon is the first one's echo. */
const ECHO_MS = 1000;

/** Errors whose message is all that a person needs; anything else is a fault and shows its stack. */
const TOLD_ERRORS = new Set([
  'ConfigError',
  'RefusedStartError',
  'PortUnusableError',
  'DataDirInUseError',
  'MongodNotFoundError',
  'MongodStartError',
  'UnsuitableDatabaseError',
  'ForeignSecretKeyError',
  'UnusableSecretKeyFileError',
  'DatabaseUnreachableError',
]);

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

try {
  await run();
} catch (error) {
  const told = toldMessage(error);
  process.stderr.write(`${told === null ? describe(error) : `OpsLens does not start. ${told}`}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const config = loadConfig([...createRegistry().values()].map(sourceVariables));
  const logger = createLogger(config.logLevel);
  const stopping = new AbortController();
  let askedAt = -Infinity;
  const starting = startApp({
    config,
    logger,
    progress: (message) => process.stderr.write(`${message}\n`),
    version,
    cacheHome: process.env['XDG_CACHE_HOME'],
    signal: stopping.signal,
  });

  const stop = async (reason: string): Promise<void> => {
    if (stopping.signal.aborted) {
      // A terminal's Ctrl-C may come twice: from it, and handed on by npm.
      if (performance.now() - askedAt < ECHO_MS) return;
      logger.warn({ reason }, 'cut off: what was in flight is sent again by the next start');
      process.exit(130);
    }
    askedAt = performance.now();
    stopping.abort();
    const hint = 'what is in flight is finished; another signal cuts it off';
    logger.info({ reason, limitSeconds: STOP_LIMIT_MS / 1000, hint }, 'stopping');
    setTimeout(() => {
      logger.error('stopping took too long');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    const app = await starting.catch((): App | null => null);
    await app?.[Symbol.asyncDispose]();
    logger.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error) => {
      logger.fatal({ err: error }, fault);
      process.exit(1);
    });
  }

  const app = await starting.catch((error: unknown): null => {
    // Whoever stops it knows that it does not start.
    if (stopping.signal.aborted) return null;
    throw error;
  });
  if (app === null || stopping.signal.aborted) return;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  logger.info({ version, url: `http://${host}:${app.port}` }, 'OpsLens is ready');
}

/** What a person can act on; null for a fault. Files are read and written below `DATA_DIR` alone. */
function toldMessage(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (TOLD_ERRORS.has(error.name)) return error.message;
  return 'syscall' in error && 'path' in error ? `DATA_DIR cannot be used: ${error.message}` : null;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
