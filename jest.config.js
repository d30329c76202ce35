/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// `npm run typecheck` checks the types once, so test files start faster without it.
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.test.json', diagnostics: false }] },
	testTimeout: 60_000,
	// For --coverage, as in `npm test`: the code that decides about access needs 90% branch coverage.
	collectCoverageFrom: ['nodes/services/statuspage/plans/**/*.ts'],
	coverageThreshold: { './nodes/services/statuspage/plans/': { branches: 90 } },
	coverageReporters: ['text'],
	// n8n-core uses an n8n user folder. Tests get their own folder instead of the developer's.
	setupFiles: ['<rootDir>/test/support/environment.js'],
};
