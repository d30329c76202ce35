import fc from 'fast-check';
import type { Viewer } from '../../../nodes/services/statuspage/endpoints';
import { difference } from '../../../nodes/services/statuspage/viewerChange';

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));

test('groups are written as the mode wants them, and only if they change', () => {
	fc.assert(
		fc.property(ids, ids, fc.constantFrom('add', 'replace', 'remove'), (current, given, mode) => {
			const wanted = {
				add: [...current, ...given.filter((id) => !current.includes(id))],
				replace: given,
				remove: current.filter((id) => !given.includes(id)),
			}[mode];
			const viewer = { id: 'v', email: 'a@example.com', page_access_group_ids: current } as unknown as Viewer;
			const isSame = [...wanted].sort().join() === [...current].sort().join();
			expect(difference(viewer, { fields: {}, groups: { ids: given, mode } })).toEqual(
				isSame ? {} : { page_access_group_ids: wanted },
			);
		}),
	);
});

test.each([
	[['a', 'a', 'b'], 'add' as const, ['a'], {}],
	[['a', 'b'], 'replace' as const, ['a', 'a'], { page_access_group_ids: ['a'] }],
])('%j with %s of %j is written as %j', (current, mode, given, expected) => {
	const viewer = { id: 'v', email: 'a@example.com', page_access_group_ids: current } as unknown as Viewer;
	expect(difference(viewer, { fields: {}, groups: { ids: given, mode } })).toEqual(expected);
});
