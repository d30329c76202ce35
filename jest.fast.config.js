// Properties are tried a few times only, unless FC_RUNS says otherwise.
process.env.FC_RUNS ??= '20';
// Names are tried in one of the ways in which they can be given.
process.env.NAME_FORMS ??= '1';

const SLOW = [
	// Thousands of cases.
	'property\\.test\\.ts$',
	'/answers\\.test\\.ts$',
	'/apply/applyTable\\.test\\.ts$',
	'/apply/applyChanges\\.test\\.ts$',
	'/apply/applyCost\\.test\\.ts$',
	'/AtlassianScim/(members|users)\\.test\\.ts$',
	'/Statuspage/batched\\.test\\.ts$',
	'/offboarding/offboardingTable\\.test\\.ts$',
	// Rate limits in real time, or long runs of a simulated clock.
	'/apply/paced\\.test\\.ts$',
	'/http/keyWindow\\.test\\.ts$',
	'/http/sharedKey\\.test\\.ts$',
	'/http/unpublishedLimit\\.test\\.ts$',
	'/Statuspage/rateLimit\\.test\\.ts$',
	// Packing the package, and the simulator itself.
	'/test/package\\.test\\.ts$',
	'/test/simulator/',
];

/**
 * For daily work: all suites but the slow ones. CI runs all of them.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...require('./jest.config.js'),
	maxWorkers: '100%',
	testPathIgnorePatterns: ['/node_modules/', ...SLOW],
};
