import fc from 'fast-check';
import { deliveredEvents, type DeliveryContext } from '../../../../nodes/services/statuspage/webhooks/deliveredEvents';
import { parseDelivery, type Delivery } from '../../../../nodes/services/statuspage/webhooks/delivery';
import { pageMemory } from '../../../../nodes/services/statuspage/webhooks/pageMemory';
import { WatchedPage, type SavedPage } from '../../../../nodes/services/statuspage/webhooks/watchedPage';
import { numRuns } from '../../../support/runs';
import type { StatuspageApi } from '../../../../nodes/services/statuspage/statuspageApi';

const PAGE = 'abcdefghijkl';
const EVENTS = [
	'incidentCreated',
	'incidentUpdated',
	'incidentResolved',
	'maintenanceScheduled',
	'maintenanceStarted',
	'maintenanceUpdated',
	'maintenanceCompleted',
	'componentStatusChanged',
];
const filter = { componentIds: [], impacts: [], oldStatuses: [], newStatuses: [] };

const saved: SavedPage = {
	revision: 0,
	page: { id: PAGE, name: 'V', url: null },
	componentIds: [],
	incidents: [],
	components: [['c1', { status: 'operational', changedAt: null }]],
	updates: [],
};

let workflows = 0;

/** A workflow whose state is saved and read between posts, as after a restart of n8n. */
class Workflow {
	readonly endpoint = `https://n8n.test/${++workflows}`;
	readonly outputs: Array<Record<string, unknown>> = [];
	#saved = JSON.stringify(saved);

	constructor(
		private readonly api: StatuspageApi | undefined,
		private readonly events: readonly string[],
	) {}

	restart(): void {
		pageMemory.forget(this.endpoint);
	}

	async receive(body: object): Promise<void> {
		const page = pageMemory.of(this.endpoint, JSON.parse(this.#saved) as SavedPage) as WatchedPage;
		const context: DeliveryContext = {
			api: this.api,
			signal: new AbortController().signal,
			page,
			endpoint: this.endpoint,
			rules: { events: this.events, filter, whenUnverified: 'retry' },
		};
		const delivery = parseDelivery(body, PAGE) as Exclude<Delivery, { kind: 'ignored' }>;
		const result = await deliveredEvents(context, delivery);
		if ('notVerified' in result) throw new Error(result.notVerified);
		this.outputs.push(...result.outputs);
		this.#saved = JSON.stringify(page.toJson());
	}
}

const statuses = {
	incident: ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'],
	maintenance: ['scheduled', 'in_progress', 'verifying', 'completed'],
};

const life = fc.constantFrom('incident' as const, 'maintenance' as const).chain((kind) =>
	fc.record({
		kind: fc.constant(kind),
		steps: fc.array(fc.constantFrom(...statuses[kind]), { minLength: 1, maxLength: 7 }),
	}),
);

/** The incident after some of its steps. */
function incidentAt({ kind, steps }: { kind: string; steps: string[] }, count: number): Record<string, unknown> {
	return {
		id: 'inc000000001',
		name: 'N',
		status: steps[count - 1],
		components: [],
		...(kind === 'maintenance' ? { scheduled_for: '2030-01-01T00:00:00Z' } : {}),
		incident_updates: steps
			.slice(0, count)
			.map((status, index) => ({ id: `u${index + 1}`, status }))
			.reverse(),
	};
}

const ENDED = ['resolved', 'completed', 'postmortem'];

/** The events of a life, as a person would name them. */
function expected({ kind, steps }: { kind: string; steps: string[] }): Array<[string, string]> {
	const isMaintenance = kind === 'maintenance';
	let isOpen = false;
	let hasEnded = false;
	return steps.flatMap((status, index): Array<[string, string]> => {
		const id = `u${index + 1}`;
		const events: Array<[string, string]> = [];
		const opens = isMaintenance && status !== 'scheduled' && !ENDED.includes(status) && !isOpen && !hasEnded;
		const ends = ENDED.includes(status) && !hasEnded;
		if (index === 0) events.push([isMaintenance ? 'maintenanceScheduled' : 'incidentCreated', id]);
		if (ends) events.push([isMaintenance ? 'maintenanceCompleted' : 'incidentResolved', id]);
		else if (opens) events.push(['maintenanceStarted', id]);
		else if (index > 0) events.push([isMaintenance ? 'maintenanceUpdated' : 'incidentUpdated', id]);
		hasEnded = ENDED.includes(status);
		// A maintenance that goes back to scheduled can start again.
		isOpen = isMaintenance ? !hasEnded && status !== 'scheduled' : !hasEnded;
		return events;
	});
}

/** What happens next: the incident moves on, n8n is restarted, or posts of earlier steps arrive, some at the same time. */
const course = fc.array(
	fc.oneof(
		fc.constant('advance' as const),
		fc.constant('restart' as const),
		fc.array(fc.nat(100), { minLength: 1, maxLength: 3 }),
	),
	{ maxLength: 25 },
);

describe.each([true, false])('with verification: %s', (verifies) => {
	test('any order and repetition of the posts of an incident leads to each event once and in order', async () => {
		await fc.assert(
			fc.asyncProperty(life, course, fc.subarray(EVENTS), async (story, steps, chosen) => {
				let now = 1;
				const call = async () => {
					await Promise.resolve();
					return incidentAt(story, now);
				};
				const workflow = new Workflow(verifies ? ({ call } as unknown as StatuspageApi) : undefined, chosen);
				const post = (count: number) => ({ page: { id: PAGE }, incident: incidentAt(story, count) });
				for (const step of [...steps, 'last' as const]) {
					if (step === 'advance') now = Math.min(now + 1, story.steps.length);
					else if (step === 'restart') workflow.restart();
					else if (step === 'last') {
						now = story.steps.length;
						await workflow.receive(post(now));
					} else await Promise.all(step.map(async (pick) => await workflow.receive(post(1 + (pick % now)))));
				}
				const told = workflow.outputs.map(({ event, updateId }) => [event, updateId]);
				expect(told).toEqual(expected(story).filter(([event]) => chosen.includes(event)));
			}),
			{ numRuns: numRuns() },
		);
	});

	test('each change of a component is told once and in order, however often its posts are repeated', async () => {
		const status = fc.constantFrom('operational', 'degraded_performance', 'major_outage');
		await fc.assert(
			fc.asyncProperty(
				fc.array(status, { maxLength: 8 }),
				fc.array(fc.nat(100), { maxLength: 8 }),
				async (raw, repeats) => {
					const chain = ['operational', ...raw].filter((entry, index, all) => entry !== all[index - 1]);
					let current = 'operational';
					const call = async () => ({ id: 'c1', name: 'API', group: false, group_id: null, status: current });
					const workflow = new Workflow(verifies ? ({ call } as unknown as StatuspageApi) : undefined, EVENTS);
					const posts = chain.slice(1).map((newStatus, index) => ({
						page: { id: PAGE },
						component: { id: 'c1', name: 'API' },
						component_update: {
							id: `upd${index}`,
							component_id: 'c1',
							old_status: chain[index],
							new_status: newStatus,
							created_at: new Date(Date.UTC(2030, 0, 1 + index)).toISOString(),
						},
					}));
					for (const [index, post] of posts.entries()) {
						current = chain[index + 1];
						await workflow.receive(post);
						for (const pick of repeats) await workflow.receive(posts[pick % (index + 1)]);
						workflow.restart();
					}
					expect(workflow.outputs.map(({ oldStatus, newStatus }) => [oldStatus, newStatus])).toEqual(
						chain.slice(1).map((newStatus, index) => [chain[index], newStatus]),
					);
				},
			),
			{ numRuns: numRuns() },
		);
	});
});

test('posts about a component that arrive late lead to one event with its present status', async () => {
	await fc.assert(
		fc.asyncProperty(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), fc.boolean(), async (order, hasTime) => {
			const chain = ['operational', 'degraded_performance', 'major_outage', 'partial_outage'];
			const call = async () => ({
				id: 'c1',
				name: 'API',
				group: false,
				group_id: null,
				status: 'partial_outage',
				...(hasTime ? { updated_at: '2030-01-04T00:00:00Z' } : {}),
			});
			const workflow = new Workflow({ call } as unknown as StatuspageApi, EVENTS);
			for (const index of order)
				await workflow.receive({
					page: { id: PAGE },
					component: { id: 'c1' },
					component_update: {
						id: `upd${index}`,
						component_id: 'c1',
						old_status: chain[index],
						new_status: chain[index + 1],
					},
				});
			expect(workflow.outputs).toMatchObject([{ oldStatus: 'operational', newStatus: 'partial_outage' }]);
		}),
		{ numRuns: numRuns() },
	);
});
