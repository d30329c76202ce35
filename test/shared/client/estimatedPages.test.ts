import { estimatedPages } from '../../../nodes/shared/client/estimatedPages';

test.each([
	[500, 10, 1, 50],
	[1000, 21, 1, 48],
	[1000, 100, 1, 10],
	[499, 100, 1, 5],
	[200, 8, 2, 50],
	[500, 4, 1, undefined],
	[0, 0, 1, undefined],
])('of %d objects, %d are on %d pages, so the list probably has %p', (known, found, pages, estimate) => {
	expect(estimatedPages(known, found, pages)).toBe(estimate);
});
