import { parsedUrl } from '../../../nodes/shared/http/parsedUrl';

test.each([
	['https://example.com/a?b', undefined, 'https://example.com/a?b'],
	['/a', 'https://example.com/b', 'https://example.com/a'],
	['example.com', undefined, undefined],
	['/a', undefined, undefined],
	['https://', undefined, undefined],
	['', undefined, undefined],
])('%j with the base %j is %j', (text, base, href) => {
	expect(parsedUrl(text, base)?.href).toBe(href);
});

test('letters outside of ASCII are accepted, however often', () => {
	const count = 50_000;
	const rejected = Array.from({ length: count }, () => parsedUrl('https://status.bücher.example')).filter(
		(url) => url?.hostname !== 'status.xn--bcher-kva.example',
	);
	expect(rejected).toHaveLength(0);
});
