import { deliveredEvents, type DeliveryContext } from '../../../../nodes/services/statuspage/webhooks/deliveredEvents';
import { parseDelivery, type Delivery } from '../../../../nodes/services/statuspage/webhooks/delivery';
import { WatchedPage } from '../../../../nodes/services/statuspage/webhooks/watchedPage';
import type { StatuspageApi } from '../../../../nodes/services/statuspage/statuspageApi';

const PAGE = 'abcdefghijkl';
const page = { id: PAGE };
const EVENTS = ['incidentCreated', 'incidentUpdated', 'incidentResolved', 'componentStatusChanged'];

/** Receives posts, and collects the output. */
function receiver(api?: Pick<StatuspageApi, 'call'>): { receive: (body: object) => Promise<void>; outputs: object[] } {
	const context: DeliveryContext = {
		api: api as StatuspageApi | undefined,
		signal: new AbortController().signal,
		page: new WatchedPage({
			revision: 0,
			page: { id: PAGE, name: 'V', url: null },
			componentIds: [],
			incidents: [],
			components: [['c1', { status: 'operational', changedAt: null }]],
			updates: [],
		}),
		endpoint: 'https://n8n.test/webhook',
		rules: {
			events: EVENTS,
			filter: { componentIds: [], impacts: [], oldStatuses: [], newStatuses: [] },
			whenUnverified: 'retry',
		},
	};
	const outputs: object[] = [];
	return {
		outputs,
		async receive(body) {
			const delivery = parseDelivery(body, PAGE) as Exclude<Delivery, { kind: 'ignored' }>;
			const result = await deliveredEvents(context, delivery);
			if ('outputs' in result) outputs.push(...result.outputs);
		},
	};
}

const incident = (...statuses: string[]) => ({
	id: 'i1',
	name: 'N',
	status: statuses.at(-1),
	incident_updates: statuses.map((status, index) => ({ id: `u${index + 1}`, status })).reverse(),
});

test('an older answer that comes after a newer one does not move an incident back', async () => {
	const answers = [incident('investigating'), incident('investigating', 'resolved')];
	const delays = [30, 0];
	const call = async () => {
		const [answer, delay] = [answers.shift(), delays.shift()];
		for (let turn = 0; turn < Number(delay); turn++) await Promise.resolve();
		return answer;
	};
	const { receive, outputs } = receiver({ call } as unknown as StatuspageApi);
	await Promise.all([
		receive({ page, incident: incident('investigating') }),
		receive({ page, incident: incident('investigating', 'resolved') }),
	]);
	expect(outputs).toMatchObject([
		{ event: 'incidentCreated', updateId: 'u1' },
		{ event: 'incidentResolved', updateId: 'u2' },
	]);
});

test('without verification, a component post that is older than another one is not told', async () => {
	const { receive, outputs } = receiver();
	const post = (id: string, old_status: string, new_status: string, created_at: string) => ({
		page,
		component: { id: 'c1', name: 'API' },
		component_update: { id, component_id: 'c1', old_status, new_status, created_at },
	});
	// The time zones differ, so the texts have another order.
	await receive(post('b', 'major_outage', 'operational', '2030-01-01T01:00:00Z'));
	await receive(post('a', 'operational', 'major_outage', '2030-01-01T02:30:00+02:00'));
	await receive(post('c', 'operational', 'partial_outage', '2030-01-01T01:30:00Z'));
	expect(outputs).toMatchObject([
		{ oldStatus: 'major_outage', newStatus: 'operational', isVerified: false },
		{ oldStatus: 'operational', newStatus: 'partial_outage', isVerified: false },
	]);
});

test.each([
	[{ page, incident: incident('investigating') }, ['componentStatusChanged']],
	[
		{ page, component: { id: 'c1' }, component_update: { id: 'a', component_id: 'c1', new_status: 'x' } },
		['incidentCreated'],
	],
])('a post that can lead to no chosen event is not read back', async (body, events) => {
	const call = jest.fn();
	const delivery = parseDelivery(body, PAGE) as Exclude<Delivery, { kind: 'ignored' }>;
	const context = { api: { call }, rules: { events } } as unknown as DeliveryContext;
	expect(await deliveredEvents(context, delivery)).toEqual({ outputs: [] });
	expect(call).not.toHaveBeenCalled();
});
