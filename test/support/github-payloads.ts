/** Bodies of GitHub's webhooks about one repository, with no more in them than GitHub documents. */
const REPOSITORY = { id: 1, full_name: 'org/shop', default_branch: 'main' };
const SENDER = { login: 'mira' };
export const SHA = '4c9e1f7a2b3d4e5f60718293a4b5c6d7e8f90a1b';

export const pushed = (over: object = {}): object => ({
  ref: 'refs/heads/main',
  before: '0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f607182930',
  after: SHA,
  created: false,
  deleted: false,
  compare: 'https://github.com/org/shop/compare/0d1e2f3...4c9e1f7',
  commits: [{ id: SHA }],
  head_commit: { id: SHA, message: 'Cut retries (#7)\n\nOne budget.', timestamp: '2026-03-01T09:00:00Z' },
  repository: { ...REPOSITORY, pushed_at: Date.parse('2026-03-04T09:00:00Z') / 1000 },
  pusher: { name: 'mira' },
  sender: SENDER,
  ...over,
});

const DEPLOYMENT = {
  id: 33,
  sha: SHA,
  ref: 'main',
  task: 'deploy',
  environment: 'production',
  description: null,
  creator: { login: 'deploy-bot' },
  created_at: '2026-03-04T09:10:00Z',
};

export const deployed = (over: object = {}): object => ({
  action: 'created',
  deployment: { ...DEPLOYMENT, ...over },
  repository: REPOSITORY,
  sender: SENDER,
});

export const deploymentStatus = (over: object = {}, deployment: object = {}): object => ({
  ...deployed(deployment),
  deployment_status: {
    id: 66,
    state: 'success',
    description: '',
    environment: 'production',
    target_url: '',
    created_at: '2026-03-04T09:20:00Z',
    ...over,
  },
});

export const release = (over: object = {}, action = 'published'): object => ({
  action,
  release: {
    id: 21,
    tag_name: 'v4.18.0',
    target_commitish: 'main',
    name: '4.18.0',
    draft: false,
    prerelease: false,
    html_url: 'https://github.com/org/shop/releases/tag/v4.18.0',
    published_at: '2026-03-04T09:30:00Z',
    author: { login: 'mira' },
    ...over,
  },
  repository: REPOSITORY,
  sender: SENDER,
});

export const workflowRun = (over: object = {}, action = 'completed'): object => ({
  action,
  workflow_run: {
    id: 145,
    name: 'deploy-production',
    display_title: 'Cut retries',
    head_branch: 'main',
    head_sha: SHA,
    event: 'push',
    status: 'completed',
    conclusion: 'failure',
    run_number: 318,
    run_attempt: 1,
    html_url: 'https://github.com/org/shop/actions/runs/145',
    updated_at: '2026-03-04T09:40:00Z',
    head_repository: { full_name: 'org/shop' },
    ...over,
  },
  repository: REPOSITORY,
  sender: SENDER,
});
