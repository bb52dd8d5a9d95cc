import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCacheDir } from '../../../src/mongod/default-cache-dir.ts';

test('the cache lies where XDG_CACHE_HOME says, else in the home folder', () => {
  expect(defaultCacheDir('/var/cache/me')).toBe('/var/cache/me/opslens');
  expect(defaultCacheDir(undefined)).toBe(join(homedir(), '.cache', 'opslens'));
  expect(defaultCacheDir('')).toBe(join(homedir(), '.cache', 'opslens'));
  expect(defaultCacheDir('relative')).toBe(join(homedir(), '.cache', 'opslens'));
});
