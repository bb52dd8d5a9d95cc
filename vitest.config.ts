import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node takes graphql's `main`, Vite its `module`: two copies, each of which refuses the other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A process for each of hundreds of files would take more time than what half of them test.
    isolate: false,
  },
});
