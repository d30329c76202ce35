import type { IDataObject } from 'n8n-workflow';
import type { SimulatedState, Simulator } from '../../support/simulator';
import { locator, type World } from '../../support/world';
import { has, missing, pageOf, unclear, type ResourceCases } from './case';

const TEXT = '## Cause\nA cable was cut.';
/** A resolved incident. */
const ended = ({ incidents }: World) => incidents.find(({ row }) => row.status === 'resolved') ?? incidents[0];
const incident = (world: World) => ({ incidentId: locator('id', ended(world).row.id) });
const after = (state: SimulatedState, world: World) => pageOf(state).incidents[ended(world).row.id];
const put = async (simulator: Simulator, { pageId, ...world }: World, rest: string, postmortem?: IDataObject) =>
	await simulator.send('PUT', `/pages/${pageId}/incidents/${ended({ pageId, ...world }).row.id}/postmortem${rest}`, {
		...(postmortem ? { body: { postmortem } } : {}),
	});
const withDraft = async (world: World, simulator: Simulator) => await put(simulator, world, '', { body_draft: TEXT });
const published = async (world: World, simulator: Simulator) => {
	await withDraft(world, simulator);
	await put(simulator, world, '/publish', { notify_subscribers: false });
};

export const incidentPostmortemCases: ResourceCases = {
	cases: {
		'incidentPostmortem create': {
			parameters: (world) => ({ ...incident(world), bodyDraft: TEXT }),
			output: (rows, world) =>
				has({ incidentId: ended(world).row.id, body_draft: TEXT, body: null, published_at: null })(rows),
			after: (state, world) => {
				expect(after(state, world)).toMatchObject({ row: { status: 'resolved' }, postmortem: { body_draft: TEXT } });
				expect(after(state, world).updates).toHaveLength(1);
			},
		},
		'incidentPostmortem delete': {
			before: withDraft,
			parameters: incident,
			output: (rows, world) => expect(rows).toEqual([{ deleted: true, id: ended(world).row.id }]),
			after: (state, world) => {
				expect(after(state, world)).not.toHaveProperty('postmortem');
				expect(after(state, world).row.status).toBe('resolved');
			},
		},
		'incidentPostmortem get': {
			before: withDraft,
			parameters: (world) => ({ incidentId: locator('name', ended(world).row.name.toUpperCase()) }),
			output: (rows, world) => {
				has({ incidentId: ended(world).row.id, body_draft: TEXT, hasPostmortem: true })(rows);
				expect(Object.keys(rows[0])).toHaveLength(9);
			},
		},
		'incidentPostmortem publish': {
			before: withDraft,
			parameters: (world) => ({ ...incident(world), notifySubscribers: true }),
			output: has({ body: TEXT, published_at: expect.any(String) as string, result: 'published' }),
			after: (state, world) => {
				const { row, updates, postmortem } = after(state, world);
				expect([row.status, postmortem?.notify_subscribers]).toEqual(['postmortem', true]);
				expect(updates[0]).toMatchObject({ status: 'postmortem', body: TEXT });
			},
		},
		'incidentPostmortem revert': {
			before: published,
			parameters: incident,
			output: has({ body_draft: TEXT, published_at: null, result: 'reverted' }),
			after: (state, world) =>
				expect(after(state, world)).toMatchObject({ row: { status: 'resolved' }, postmortem: { body: null } }),
		},
	},
	variants: {
		'incidentPostmortem delete': [
			(world) => ({ ...unclear, before: async (simulator) => await withDraft(world, simulator) }),
			() => missing('incidentId'),
		],
		'incidentPostmortem get': [() => ({ parameters: { options: { ignoreIfMissing: true } } })],
		'incidentPostmortem publish': [(world) => ({ before: async (simulator) => await withDraft(world, simulator) })],
		'incidentPostmortem revert': [(world) => ({ before: async (simulator) => await published(world, simulator) })],
	},
};
