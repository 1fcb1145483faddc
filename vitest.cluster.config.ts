import { defineConfig } from 'vitest/config';

/** What needs a cluster: WENQU_OPENSEARCH_URL names one, else three nodes are started here. */
export default defineConfig({
	test: {
		include: ['test/cluster/**/*.test.ts'],
		globalSetup: ['test/support/build.ts', 'test/cluster/setup.ts'],
		testTimeout: 180_000,
		hookTimeout: 180_000,
		fileParallelism: false,
	},
});
