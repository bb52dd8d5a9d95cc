export interface MongodVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Finds the version in `6.0.5` as well as in what `mongod --version` prints. */
export function parseMongodVersion(text: string): MongodVersion | undefined {
  const match = /(?:^|\bv)(\d+)\.(\d+)\.(\d+)/.exec(text);
  if (!match) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

export function formatMongodVersion({ major, minor, patch }: MongodVersion): string {
  return `${major}.${minor}.${patch}`;
}

export function compareMongodVersions(a: MongodVersion, b: MongodVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}
