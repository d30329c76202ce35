import { outcomeOfAnswer, outcomeOfThrown } from '../../../nodes/shared/http/outcome';

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
		['ERR_TLS_CERT_ALTNAME_INVALID', false, false],
		['UNKNOWN', true, false],
	])('%s: may have arrived %p, transient %p', (code, mayHaveArrived, isTransient) =>
		expect(outcomeOfThrown({ code })).toEqual({ kind: 'noAnswer', code, mayHaveArrived, isTransient }),
	);
});
