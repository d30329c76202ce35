import fc from 'fast-check';
import { InvalidAddress, pageAddress } from '../../../../nodes/services/statuspage/publicApi/pageAddress';
import { numRuns } from '../../../support/runs';

const ID = 'kctbh9vrtdwd';

test.each([
	['status.example.com', 'https://status.example.com'],
	['  Status.Example.COM\n', 'https://status.example.com'],
	['\u200Bstatus.example.com\uFEFF', 'https://status.example.com'],
	['https://status.example.com', 'https://status.example.com'],
	['HTTPS://Status.Example.com/', 'https://status.example.com'],
	['https://status.example.com/incidents/abc?x=1#top', 'https://status.example.com'],
	['https://status.example.com/api/v2/summary.json', 'https://status.example.com'],
	['//status.example.com/history', 'https://status.example.com'],
	['status.example.com/history', 'https://status.example.com'],
	['status.example.com:443', 'https://status.example.com'],
	['https://status.example.com:443/', 'https://status.example.com'],
	['status.example.com.', 'https://status.example.com'],
	['<https://status.example.com>', 'https://status.example.com'],
	['<https://status.example.com/|status.example.com>', 'https://status.example.com'],
	['< status.example.com >', 'https://status.example.com'],
	['northwind', 'https://northwind.statuspage.io'],
	['Northwind', 'https://northwind.statuspage.io'],
	['north-wind2', 'https://north-wind2.statuspage.io'],
	['northwind.statuspage.io', 'https://northwind.statuspage.io'],
	['https://northwind.statuspage.io/', 'https://northwind.statuspage.io'],
	[ID, `https://${ID}.statuspage.io`],
	// Page IDs that look like a number. With the domain of Statuspage, they are no IP address.
	['123456789012', 'https://123456789012.statuspage.io'],
	['017700000001', 'https://017700000001.statuspage.io'],
	[`${ID}.statuspage.io`, `https://${ID}.statuspage.io`],
	['https://status.bücher.example', 'https://status.xn--bcher-kva.example'],
	['status.xn--bcher-kva.example', 'https://status.xn--bcher-kva.example'],
	['ｓｔａｔｕｓ.example.com', 'https://status.example.com'],
	['status。example。com', 'https://status.example.com'],
	['my_status.example.com', 'https://my_status.example.com'],
	['https:\\\\status.example.com\\x', 'https://status.example.com'],
])('%j is %s', (value, url) => {
	expect(pageAddress(value)).toEqual({ url, host: url.replace('https://', '') });
});

test.each([
	[`https://manage.statuspage.io/pages/${ID}`],
	[`manage.statuspage.io/pages/${ID}/incidents`],
	[`https://manage.statuspage.io/pages/${ID}?tab=1`],
])('%j is the page that it is about, and no other may answer', (value) => {
	expect(pageAddress(value)).toEqual({
		url: `https://${ID}.statuspage.io`,
		host: `${ID}.statuspage.io`,
		pageId: ID,
	});
});

test.each([
	['', /^is empty/],
	['<>', /^is empty/],
	['http://status.example.com', /only https:/],
	['HTTP://status.example.com/', /only https:/],
	['ftp://status.example.com', /only https:/],
	['file:///etc/passwd', /only https:/],
	['javascript:alert(1)', /not an address/],
	['status.example.com other.example.com', /contains a blank/],
	['status.exa\nmple.com', /contains a blank/],
	['status.example.com,other.example.com', /not a host name/],
	['status.example.com;other.example.com', /not a host name/],
	['127.0.0.1', /an IP address/],
	['https://127.0.0.1/', /an IP address/],
	['10.0.0.1', /an IP address/],
	['8.8.8.8', /an IP address/],
	['127.1', /an IP address/],
	['127.0.0.1.', /an IP address/],
	['2130706433', /an IP address/],
	['https://2130706433', /an IP address/],
	['0x7f000001', /an IP address/],
	['0x7f.1', /an IP address/],
	['0177.0.0.1', /an IP address/],
	['https://017700000001', /an IP address/],
	['https://%31%32%37.0.0.1', /an IP address/],
	['１２７.0.0.1', /an IP address/],
	['127。0。0。1', /an IP address/],
	['https://[::1]', /an IP address/],
	['[::1]', /an IP address/],
	['https://[::ffff:127.0.0.1]/', /an IP address/],
	['[fe80::1]', /an IP address/],
	['localhost', /the machine of n8n itself/],
	['LOCALHOST', /the machine of n8n itself/],
	['localhost.', /the machine of n8n itself/],
	['https://localhost/x', /the machine of n8n itself/],
	['x.localhost', /the machine of n8n itself/],
	['https://x.localhost./', /the machine of n8n itself/],
	['https://northwind', /without a dot/],
	['https://northwind/', /without a dot/],
	['northwind/history', /without a dot/],
	['user@status.example.com', /user name/],
	['https://user:pass@status.example.com', /user name/],
	['https://status.example.com@evil.example', /user name/],
	['status.example.com:8443', /the port 8443/],
	['https://status.example.com:80', /the port 80/],
	['https://status..example.com', /not a host name/],
	['https://-status.example.com', /not a host name/],
	['https://status.example.com..', /not a host name/],
	[`https://${'a'.repeat(64)}.example.com`, /not a host name/],
	[`${'a.'.repeat(130)}com`, /not a host name/],
	['https://', /not an address/],
	['https://exa%mple.com', /not an address/],
	['xn--localhost', /not an address/],
	['manage.statuspage.io', /the site of Statuspage/],
	['https://manage.statuspage.io/pages/short', /the site of Statuspage/],
	['https://manage.statuspage.io/login', /the site of Statuspage/],
	['www.statuspage.io', /the site of Statuspage/],
	['statuspage.io', /the site of Statuspage/],
	[`api.statuspage.io/v1/pages/${ID}`, /the site of Statuspage/],
	['http://127.0.0.1:4100/public/northwind', /only https:/],
])('%j is rejected', (value, problem) => {
	expect(() => pageAddress(value)).toThrow(InvalidAddress);
	expect(() => pageAddress(value)).toThrow(problem);
});

test.each([
	['http://127.0.0.1:4100/public/northwind', 'http://127.0.0.1:4100/public/northwind'],
	['http://127.0.0.1:4100/public/northwind/', 'http://127.0.0.1:4100/public/northwind'],
	['http://localhost:4100/public/northwind/api/v2/summary.json', 'http://localhost:4100/public/northwind'],
	['http://[::1]:4100', 'http://[::1]:4100'],
])('for tests, %j is allowed', (value, url) => {
	expect(pageAddress(value, true).url).toBe(url);
});

test.each(['http://status.example.com', 'http://10.0.0.1', 'https://10.0.0.1', 'http://127.0.0.1.example.com'])(
	'for tests, %j is rejected too',
	(value) => {
		expect(() => pageAddress(value, true)).toThrow(InvalidAddress);
	},
);

/** What an address may be at most: https, and the name of a public host. */
function expectPublicHost(value: string): void {
	let found: string;
	try {
		found = pageAddress(value).url;
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidAddress);
		expect((error as Error).message).not.toBe('');
		return;
	}
	const url = new URL(found);
	expect([url.protocol, url.origin, url.port]).toEqual(['https:', found, '']);
	expect(url.hostname).toMatch(/^[a-z\d]([a-z\d_-]*[a-z\d])?(\.[a-z\d_]([a-z\d_-]*[a-z\d])?)+$/);
	expect(url.hostname).not.toMatch(/(^|\.)localhost$|^\d+(\.\d+){3}$/);
	// What was accepted is accepted again, with the same meaning.
	expect(pageAddress(found).url).toBe(found);
}

const part = fc.oneof(
	fc.constantFrom(
		'https://',
		'http://',
		'HTTPS:',
		'//',
		'\\\\',
		'/',
		'@',
		':',
		':443',
		':80',
		'.',
		'..',
		'?',
		'#',
		'<',
		'>',
	),
	fc.constantFrom(
		'127.0.0.1',
		'127.1',
		'0x7f',
		'2130706433',
		'[::1]',
		'localhost',
		'statuspage.io',
		'manage.',
		'pages/',
	),
	fc.constantFrom(
		'status',
		'example.com',
		' ',
		'\n',
		'%00',
		'%2e',
		'。',
		'ｌｏｃａｌｈｏｓｔ',
		'\u200B',
		'xn--',
		'_',
		'-',
	),
	fc.string({ maxLength: 5, unit: 'grapheme' }),
	fc.ipV4(),
	fc.webUrl(),
);

test('whatever is entered, only the names of public hosts are accepted, with https', () => {
	fc.assert(
		fc.property(fc.array(part, { maxLength: 6 }), (parts) => expectPublicHost(parts.join(''))),
		{ numRuns: numRuns(20) },
	);
});

test('an IP address is rejected in each notation', () => {
	const notation = (bytes: number[]) => {
		const [a, b, c, d] = bytes;
		const whole = ((a * 256 + b) * 256 + c) * 256 + d;
		return [
			bytes.join('.'),
			bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
			bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
			`0x${whole.toString(16)}`,
			`0${whole.toString(8)}`,
			String(whole),
			`${a}.${(b * 256 + c) * 256 + d}`,
			`[::ffff:${bytes.join('.')}]`,
		];
	};
	fc.assert(
		fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), fc.nat(7), (bytes, index) => {
			const host = notation(bytes)[index];
			expect(() => pageAddress(`https://${host}/`)).toThrow(/is an IP address/);
		}),
		{ numRuns: numRuns(5) },
	);
});
