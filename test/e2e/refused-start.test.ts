import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startPlainMongod } from '../support/plain-mongod.ts';
import { openServerHome } from '../support/server-process.ts';
import type { ServerHome, Settings } from '../support/server-process.ts';
import { testDatabaseUri } from '../support/test-database.ts';

// A guard against hanging; the promises have deadlines of their own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** What a server says that does not start. */
async function refusal(home: ServerHome, settings: Settings): Promise<string> {
  const server = home.launch(settings);
  expect(await server.exited).toEqual({ code: 1, signal: null });
  return server.output();
}

it('A standalone mongod is refused with the command that fixes it, and after that command it is taken', async () => {
  await using home = await openServerHome();
  const dbPath = join(home.dataDir, 'standalone');
  await mkdir(dbPath);
  {
    await using mongod = await startPlainMongod(dbPath);
    const said = await refusal(home, { MONGODB_URI: `mongodb://127.0.0.1:${mongod.port}/opslens` });
    expect(said).toContain('standalone');
    expect(said).toContain('--replSet rs0');
    expect(said).toContain('mongosh --eval "rs.initiate()"');
  }
  await using mongod = await startPlainMongod(dbPath, '--replSet', 'rs0');
  // What the shell's rs.initiate() sends.
  await mongod.runAdminCommand({ replSetInitiate: {} });
  await home.start({ MONGODB_URI: `mongodb://127.0.0.1:${mongod.port}/opslens?directConnection=true` });
});

it('Listening to other machines without an API key is refused, and says what to set', async () => {
  await using home = await openServerHome({ MONGODB_URI: testDatabaseUri() });
  const said = await refusal(home, { HOST: '0.0.0.0' });
  expect(said).toMatch(/HOST=0\.0\.0\.0.*API_KEYS/);
  expect(await readdir(home.dataDir)).toEqual([]);
});

it('A port in use is told before anything else is done', async () => {
  await using home = await openServerHome();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(home.port, '127.0.0.1', resolve));
  // Neither is the mongod looked for that does not exist, nor the data folder touched.
  const said = await refusal(home, { MONGOD: '/nowhere/mongod' });
  other.close();
  expect(said).toContain(`Port ${home.port} on 127.0.0.1 is in use`);
  expect(said).toContain('PORT');
  expect(await readdir(home.dataDir)).toEqual([]);
});

it('All mistakes in the settings are told together', async () => {
  await using home = await openServerHome();
  const said = await refusal(home, {
    PORT: 'eighty',
    MONGODB_URI: 'postgres://somewhere',
    LOG_LEVEL: 'loud',
  });
  for (const name of ['PORT', 'MONGODB_URI', 'LOG_LEVEL']) expect(said).toContain(name);
});

it('A database that was sealed with another key is refused, and the embedded one does not stay behind', async () => {
  await using home = await openServerHome();
  const first = await home.start();
  expect(await first.stop()).toMatchObject({ code: 0 });
  await rm(join(home.dataDir, 'secret.key'));
  const said = await refusal(home, {});
  expect(said).toContain('SECRET_KEY');
  await expect(home.mongod()).rejects.toThrow('no mongod runs');
  expect(await readdir(home.dataDir)).not.toContain('opslens.lock');
});
