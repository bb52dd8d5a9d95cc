import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where downloads are kept between starts: outside node_modules, so that `npm ci` does not throw them away. */
export function defaultCacheDir(xdgCacheHome?: string): string {
  // The XDG specification has relative values ignored.
  const base =
    xdgCacheHome !== undefined && isAbsolute(xdgCacheHome) ? xdgCacheHome : join(homedir(), '.cache');
  return join(base, 'opslens');
}
