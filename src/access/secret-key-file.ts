import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';

/** The key file is there but holds no key; the message says what to do. */
export class UnusableSecretKeyFileError extends Error {
  override readonly name = 'UnusableSecretKeyFileError';
}

const FILE_NAME = 'secret.key';
const KEY_FORM = /^[\w+/=-]{32,}$/;

/**
 * The key in `dataDir`, made at the first call. Of several processes that make it at once, all end up with the one
 * that was there first: a whole file appears under its name, or none.
 */
export async function readOrMakeSecretKey(dataDir: string): Promise<string> {
  const file = path.join(dataDir, FILE_NAME);
  const existing = await readKey(file);
  if (existing !== null) return existing;
  await mkdir(dataDir, { recursive: true });
  const draft = path.join(dataDir, `.${FILE_NAME}.${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(draft, `${randomBytes(32).toString('base64')}\n`);
    await link(draft, file).catch((error: unknown) => placeWithoutLinks(error, draft, file));
  } finally {
    await unlink(draft).catch(() => undefined);
  }
  await syncDirectory(dataDir);
  const made = await readKey(file);
  if (made === null) throw new UnusableSecretKeyFileError(`${file} was removed while it was being made.`);
  return made;
}

async function readKey(file: string): Promise<string | null> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  if (!KEY_FORM.test(text)) {
    throw new UnusableSecretKeyFileError(
      `${file} holds no key. Restore it from a backup, or set SECRET_KEY; endpoint secrets sealed with a lost key must be set anew.`,
    );
  }
  await chmod(file, 0o600).catch(() => undefined); // a restored copy may be readable by all
  return text;
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The name must be as durable as what the database seals with the key. Not every system can sync a directory. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => null);
  if (handle === null) return;
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

/** Some file systems have no hard links: there, a copy that refuses to overwrite is the next best. */
async function placeWithoutLinks(error: unknown, draft: string, file: string): Promise<void> {
  if (hasCode(error, 'EEXIST')) return;
  await copyFile(draft, file, constants.COPYFILE_EXCL).catch((second: unknown) => {
    if (!hasCode(second, 'EEXIST')) throw second;
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
