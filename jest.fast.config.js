// Properties are tried a few times only, unless FC_RUNS says otherwise.
process.env.FC_RUNS ??= '20';

/**
 * For daily work: leaves out the suites that wait for rate limits, try thousands of cases or call npm. CI runs all of them.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...require('./jest.config.js'),
	testPathIgnorePatterns: [
		'/node_modules/',
		'property\\.test\\.ts$',
		'/http/sharedKey\\.test\\.ts$',
		'/Statuspage/rateLimit\\.test\\.ts$',
		'/apply/applyTable\\.test\\.ts$',
		'/test/package\\.test\\.ts$',
	],
};
