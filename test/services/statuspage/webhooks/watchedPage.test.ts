import { incidentReading } from '../../../../nodes/services/statuspage/events/incidentReading';
import { WatchedPage, type SavedPage } from '../../../../nodes/services/statuspage/webhooks/watchedPage';

const filter = { componentIds: [], impacts: [], oldStatuses: [], newStatuses: [] };
const empty: SavedPage = {
	revision: 0,
	page: { id: 'abcdefghijkl', name: 'V', url: null },
	componentIds: [],
	incidents: [],
	components: [],
	updates: [],
};
const reading = (id: string, status: string, updates = 3) =>
	incidentReading({
		id,
		name: 'N',
		status,
		incident_updates: Array.from({ length: updates }, (_, index) => ({ id: `${id}-${index}`, status })),
	});

test('the state of a large page with a long history is small, and keeps open incidents', () => {
	const page = new WatchedPage(empty);
	page.incident(reading('open00000001', 'investigating'), filter, true);
	for (let n = 0; n < 3000; n++) {
		page.incident(reading(`inc${n}`, n % 2 ? 'resolved' : 'completed', 1 + (n % 40)), filter, true);
		const change = {
			id: `upd${n}`,
			componentId: `c${n}`,
			name: 'API',
			groupId: null,
			oldStatus: 'operational',
			newStatus: 'major_outage',
			createdAt: null,
		};
		page.component(change, { id: `c${n}`, name: 'API', group: false, group_id: null, status: 'major_outage' });
	}
	const saved = page.toJson();
	expect(JSON.stringify(saved).length).toBeLessThan(400_000);
	expect(saved.incidents.map(([id]) => id)).toEqual(expect.arrayContaining(['open00000001', 'inc2999']));
	expect(saved.updates).toContain('upd2999');
});

test('the state can be changed without a change of what was saved', () => {
	const saved = JSON.parse(JSON.stringify(empty)) as SavedPage;
	const page = new WatchedPage(saved);
	page.incident(reading('inc1', 'investigating'), filter, true);
	expect(saved.incidents).toEqual([]);
	const copy = page.toJson();
	page.incident(reading('inc2', 'investigating'), filter, true);
	expect(copy.incidents).toHaveLength(1);
	expect(page.revision).toBeGreaterThan(copy.revision);
});
