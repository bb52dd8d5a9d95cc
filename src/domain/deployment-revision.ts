import type { Deployment } from './deployment.ts';

/** By the source's own time, never by that of arrival; then by a number that the source counts up. No time sorts first. */
export function deploymentRevision(time: Date | null, serial: number): string {
  return `${sortable(time?.getTime() ?? 0)}:${sortable(serial)}`;
}

/** Whether `said` is how the deployment stands, after what is `known` of it. */
export function supersedes(said: Pick<Deployment, 'revision'>, known: Pick<Deployment, 'revision'>): boolean {
  return said.revision !== null && (known.revision === null || said.revision > known.revision);
}

function sortable(count: number): string {
  return String(Math.max(0, Math.trunc(count))).padStart(16, '0');
}
