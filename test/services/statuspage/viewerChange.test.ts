import fc from 'fast-check';
import type { Viewer } from '../../../nodes/services/statuspage/endpoints';
import { changeViewer, difference } from '../../../nodes/services/statuspage/viewerChange';
import { FakeClock } from '../../support/fakeClock';
import { SharedGroups } from '../../support/sharedGroup';

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

test.each([
	['fast', 10, 300],
	['slow', 500, 1000],
])(
	'with a shared key and a %s service, the viewer is read again after the time that other processes may need',
	async (_, latencyMs, leastMs) => {
		const clock = new FakeClock(() => 0.5);
		const service = new SharedGroups(clock, () => 0.5, latencyMs);
		service.group('group');
		const wanted = { fields: {}, groups: { ids: ['group'], mode: 'add' as const } };
		await clock.finish(changeViewer(service.process('first', true), 'page', 'viewer0v0001', wanted));
		const [write, check] = service.log.slice(-2);
		expect([write.method, check.method]).toEqual(['PATCH', 'GET']);
		expect(check.at - write.at).toBeGreaterThanOrEqual(leastMs);
	},
);
