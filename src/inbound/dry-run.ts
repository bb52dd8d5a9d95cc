/**
 * Whether a webhook asks to be tried out only. Whatever is said of it but a clear no counts as a yes: who asks for a dry run
 * in other words must not be taken at earnest.
 */
export function isDryRun(query: URLSearchParams): boolean {
  const asked = query.get('dry_run');
  return asked !== null && asked !== '0' && asked.toLowerCase() !== 'false';
}
