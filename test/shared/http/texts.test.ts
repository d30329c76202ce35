import fc from 'fast-check';
import { checkedBaseUrl } from '../../../nodes/shared/http/baseUrl';
import { expiryRemark } from '../../../nodes/shared/http/expiry';
import { pathSegment } from '../../../nodes/shared/http/pathSegment';
import { redact } from '../../../nodes/shared/http/redact';
import { retryAfterMs } from '../../../nodes/shared/http/retryAfter';
import { serviceMessage } from '../../../nodes/shared/http/serviceMessage';

describe('a path segment', () => {
	test('any value stays one segment of the path, or is rejected', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.string({ unit: 'grapheme' }),
					fc.constantFrom('..', '%2e%2e', '../x?y', 'a%2Fb', ' a '),
				),
				(value) => {
					let segment: string;
					try {
						segment = pathSegment(value);
					} catch {
						return;
					}
					const { pathname, search, hash } = new URL(`https://example.com/pages/${segment}/components`);
					expect(pathname.split('/')).toHaveLength(4);
					expect(pathname).toMatch(/^\/pages\/[^/]+\/components$/);
					expect(search + hash).toBe('');
					expect(decodeURIComponent(pathname.split('/')[2])).toBe(value.trim());
				},
			),
		);
	});

	test.each(['', ' ', '.', '..', 'a/b', 'a\\b', 'a?b', 'a#b', 'a b', 'a\nb', undefined, null, {}, []])(
		'%j is refused',
		(value) => {
			expect(() => pathSegment(value)).toThrow();
		},
	);
});

test('no redacted text contains the secret', () => {
	const secret = fc
		.string({ minLength: 4, unit: fc.constantFrom(...'abc123-_ /+') })
		.filter((text) => text.trim() === text);
	fc.assert(
		fc.property(secret, fc.jsonValue(), fc.string(), (key, value, around) => {
			const body = [value, { [`x${key}`]: [`${around}${key}${around}`, encodeURIComponent(key)] }];
			const text = JSON.stringify(redact(body, key));
			expect(text).not.toContain(JSON.stringify(key).slice(1, -1));
		}),
	);
});

test.each([
	['https://api.statuspage.io/v1/', 'https://api.statuspage.io/v1'],
	['http://127.0.0.1:4100/v1', 'http://127.0.0.1:4100/v1'],
	['http://localhost/v1', 'http://localhost/v1'],
	['http://[::1]:80/v1', 'http://[::1]:80/v1'],
])('base URL %s is taken', (value, url) => expect(checkedBaseUrl(value)).toBe(url));

test.each([
	'http://example.com',
	'http://127.0.0.1.example.com',
	'ftp://127.0.0.1',
	'https://a:b@example.com',
	'https://example.com?x=1',
	'https://example.com#x',
	'example.com',
	'',
])('base URL %j is refused', (value) => expect(() => checkedBaseUrl(value)).toThrow());

test.each([
	[{ error: 'words' }, 'words'],
	[{ message: 'words' }, 'words'],
	[{ error: { message: 'words' } }, 'words'],
	[{ errors: ['one', 'two', 'one'] }, 'one; two'],
	[{ errors: { name: ['is short', 'is odd'] } }, 'name: is short; name: is odd'],
	[{ detail: 'words' }, 'words'],
	[{ strange: 'words' }, 'strange: words'],
	['words', 'words'],
	['<html><head><title>502 Bad Gateway</title></head><body>x</body></html>', '502 Bad Gateway'],
	['<p>gone</p>', 'gone'],
	['', ''],
	[undefined, ''],
	[null, ''],
	[{}, ''],
])('the service says %j', (body, text) => expect(serviceMessage(body)).toBe(text));

test.each([
	['7', 7000],
	[7, 7000],
	['0', 0],
	['Thu, 01 Jan 2026 00:00:09 GMT', 9000],
	['Thu, 01 Jan 2026 00:00:00 GMT', 0],
	['Wed, 31 Dec 2025 23:59:58 GMT', undefined],
	['1.5', 1500],
	['-1', undefined],
	['-0.5', undefined],
	['1e3', undefined],
	['Infinity', undefined],
	['', undefined],
	['soon', undefined],
	[undefined, undefined],
])('Retry-After %j', (header, ms) => expect(retryAfterMs(header, Date.UTC(2026, 0, 1))).toBe(ms));

describe('the expiry of a key', () => {
	const today = Date.UTC(2026, 5, 15, 12);
	test.each([undefined, '', '2026-07-20', 'nonsense'])('%j is not worth a word', (day) =>
		expect(expiryRemark('Statuspage', day, today)).toBeUndefined(),
	);
	test.each(['2026-06-20', '2026-07-10T00:00:00.000Z', '2026-06-15', '2026-06-01'])('%s is told', (day) =>
		expect(expiryRemark('Statuspage', day, today)).toContain(day.slice(0, 10)),
	);
});
