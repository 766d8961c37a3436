import { defineConfig } from 'vitest/config';

const postgres = './test/support/postgres-server.ts';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The end-to-end runs mostly wait for real time to pass.
    maxWorkers: 2,
    // `npm test` runs what npm alone brings; a project that needs more says so in its name.
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { extends: true, test: { name: 'embedded', include: ['test/embedded/**/*.test.ts'] } },
      { extends: true, test: { name: 'infra', include: ['test/infra/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'store', include: ['test/store/**/*.test.ts'], globalSetup: postgres },
      },
      {
        extends: true,
        test: {
          name: 'store as CREATEROLE, New York',
          include: ['test/store/**/*.test.ts'],
          globalSetup: postgres,
          env: { TZ: 'America/New_York', TIDEMARK_TEST_ROLE: 'createrole' },
        },
      },
      {
        extends: true,
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'needs Chromium: page', include: ['test/page/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'needs Python: deploy',
          include: ['test/deploy/**/*.test.ts'],
          globalSetup: './test/deploy/installed-ministack.ts',
          env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
