/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// `npm run typecheck` checks types once, so each test file starts fast.
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.test.json', diagnostics: false }] },
	testTimeout: 60_000,
	// With --coverage, as in `npm test`: access plans decide about access, so tests must cover nine of ten branches.
	collectCoverageFrom: ['nodes/services/statuspage/plans/**/*.ts'],
	coverageThreshold: { './nodes/services/statuspage/plans/': { branches: 90 } },
	coverageReporters: ['text'],
	// n8n-core writes to an n8n user folder, so tests get one of their own.
	setupFiles: ['<rootDir>/test/support/environment.js'],
};
