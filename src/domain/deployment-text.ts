import type { Deployment } from './deployment.ts';

type Told = Pick<Deployment, 'kind' | 'service' | 'repository' | 'title' | 'environment' | 'outcome'>;

const HOW_IT_STANDS = { IN_PROGRESS: ' is under way', SUCCEEDED: ' succeeded', FAILED: ' failed' } as const;

/** One line for whoever is woken by the incident: what changed, where, and whether it went well. */
export function deploymentText({ kind, service, repository, title, environment, outcome }: Told): string {
  const what = service ?? repository;
  const stands = outcome === null ? '' : HOW_IT_STANDS[outcome];
  switch (kind) {
    case 'WORKFLOW_RUN':
      return `Workflow run of ${what}${stands}: ${title}`;
    case 'PUSHED':
      return `Pushed to ${what}: ${title}`;
    case 'PR_MERGED':
      return `Merged into ${what}: ${title}`;
    case 'RELEASE':
      return `Release of ${what}: ${title}`;
    case 'DEPLOYED': {
      const where = environment === null ? '' : ` to ${environment}`;
      return `Deployment of ${what}${where}${stands}: ${title}`;
    }
  }
}
