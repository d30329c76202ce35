/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// Types are checked once by `npm run typecheck`, so that each test file starts fast.
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.test.json', diagnostics: false }] },
	testTimeout: 60_000,
	// With --coverage, as in `npm test`: what decides about access is tried in nine of ten ways at least.
	collectCoverageFrom: ['nodes/services/statuspage/plans/**/*.ts'],
	coverageThreshold: { './nodes/services/statuspage/plans/': { branches: 90 } },
	coverageReporters: ['text'],
	// n8n-core keeps an n8n user folder: tests get one of their own instead of the developer's.
	setupFiles: ['<rootDir>/test/support/environment.js'],
};
