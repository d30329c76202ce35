import { isUnanswered, outcomeOfAnswer, outcomeOfThrown } from '../../../nodes/shared/http/outcome';

const answered = (statusCode: number, headers = {}) =>
	outcomeOfAnswer({ statusCode, headers, body: { id: 'a' } }, (body) => body, 0);

describe('an answer', () => {
	test.each([
		[199, 'answer'],
		[200, 'answer'],
		[299, 'answer'],
		[300, 'redirect'],
		[399, 'redirect'],
		[400, 'answer'],
		[420, 'rejected'],
		[429, 'rejected'],
		[499, 'answer'],
		[500, 'broken'],
		[599, 'broken'],
	])('with %d is an outcome of the kind %s', (status, kind) => expect(answered(status).kind).toBe(kind));

	test.each([408, 425])('with %d was not processed, and is repeated where this is harmless', (status) =>
		expect(answered(status)).toMatchObject({ kind: 'broken', status }),
	);

	test.each([
		['its own date', { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }, 9000],
		['the clock here without a date', {}, Date.UTC(2026, 0, 1, 0, 0, 9)],
		['the clock here with an unreadable date', { date: 'today' }, Date.UTC(2026, 0, 1, 0, 0, 9)],
	])('asks for a wait until a date, which is compared with %s', (_, headers, waitMs) => {
		const retryAfter = { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' };
		expect(answered(429, { ...retryAfter, ...headers })).toMatchObject({ retryAfterMs: waitMs });
		expect(answered(503, { ...retryAfter, ...headers })).toMatchObject({ retryAfterMs: waitMs });
	});

	test('that cannot be read is broken, and says so', () => {
		const unreadable = () => {
			throw new Error('no such field');
		};
		expect(outcomeOfAnswer({ statusCode: 200, headers: {}, body: '' }, unreadable, 0)).toMatchObject({
			kind: 'broken',
			problem: 'it cannot be read (no such field)',
		});
	});

	test('without a target is a redirect to an unnamed address', () =>
		expect(answered(302)).toMatchObject({ target: 'an unnamed address' }));
});

describe('an error without an answer', () => {
	test.each<[string, object | undefined, string]>([
		['its own code', { code: 'ECONNRESET' }, 'ECONNRESET'],
		['the code that n8n gives it', { httpCode: 'ETIMEDOUT' }, 'ETIMEDOUT'],
		['an HTTP status is no code', { httpCode: '500' }, 'UNKNOWN'],
		['a code deep inside', { cause: { cause: { code: 'ENOTFOUND' } } }, 'ENOTFOUND'],
		['a code too deep inside', { cause: { cause: { cause: { cause: { cause: { code: 'X' } } } } } }, 'UNKNOWN'],
		['the text of a connection that was closed', { message: 'socket hang up' }, 'ECONNRESET'],
		['the text of a request that was ended', { message: 'The request was aborted' }, 'ECONNRESET'],
		['a number is no code', { code: 500 }, 'UNKNOWN'],
		['nothing at all', undefined, 'UNKNOWN'],
	])('is known by %s', (_, error, code) => expect(outcomeOfThrown(error)).toMatchObject({ kind: 'noAnswer', code }));

	test.each([
		['ECONNREFUSED', false, true],
		['ENOTFOUND', false, true],
		['EHOSTUNREACH', false, true],
		['ECONNRESET', true, true],
		['ETIMEDOUT', true, true],
		['CERT_HAS_EXPIRED', false, false],
		['EPROTO', false, false],
		['ERR_SSL_WRONG_VERSION_NUMBER', false, false],
		['SELF_SIGNED_CERT_IN_CHAIN', false, false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false, false],
		['HOSTNAME_MISMATCH', false, false],
		['ERR_TLS_CERT_ALTNAME_INVALID', false, false],
		['UNKNOWN', true, false],
	])('%s: may have arrived %p, transient %p', (code, mayHaveArrived, isTransient) =>
		expect(outcomeOfThrown({ code })).toEqual({ kind: 'noAnswer', code, mayHaveArrived, isTransient }),
	);
});

test.each([
	[answered(500), false],
	[answered(502), true],
	[answered(503), true],
	[answered(504), true],
	[answered(408), false],
	[answered(404), false],
	[answered(429), false],
	[outcomeOfThrown({ code: 'ECONNREFUSED' }), true],
	[outcomeOfThrown({ code: 'ECONNRESET' }), true],
	[outcomeOfThrown({ code: 'CERT_HAS_EXPIRED' }), false],
	[outcomeOfThrown({ code: 'UNKNOWN' }), false],
])('%j can be due to an outage: %p', (outcome, expected) => expect(isUnanswered(outcome)).toBe(expected));
