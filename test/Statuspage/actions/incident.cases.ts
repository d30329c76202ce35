import type { IDataObject } from 'n8n-workflow';
import type { SimulatedState, Simulator } from '../../support/simulator';
import { locator, type World } from '../../support/world';
import { has, missing, pageOf, two, unclear, type ResourceCases, type Variant } from './case';

const incident = ({ incidents }: World) => ({ incidentId: locator('id', incidents[0].row.id) });
const incidentsIn = (state: SimulatedState) => Object.values(pageOf(state).incidents);
const named = (state: SimulatedState, name: string) => incidentsIn(state).filter(({ row }) => row.name === name);
const TEMPLATE = { name: 'Outage template', title: 'Outage', body: 'We look into it.', update_status: 'identified' };
const withTemplate = async (simulator: Simulator) => {
	const { row, components } = await simulator.page();
	const [first] = Object.values(components).filter(({ group }) => !group);
	await simulator.send('POST', `/pages/${row.id}/incident_templates`, {
		body: { template: { ...TEMPLATE, component_ids: [first.id] } },
	});
};
const list = (incidentList: string): Variant => ({ parameters: { incidentList, returnAll: true } });
const KEY = { metadataKey: 'data.alert', metadataValue: 'a1' };
const lost = (path: string): Variant['faults'] => [{ kind: 'resetAfter', match: { method: 'PATCH', path } }];

export const incidentCases: ResourceCases = {
	cases: {
		'incident create': {
			parameters: (world) => ({
				name: 'Payments are delayed',
				body: 'We are investigating.',
				components: { component: [{ componentIds: two(world.components), status: 'partial_outage' }] },
			}),
			output: (rows, { components }) => {
				has({ name: 'Payments are delayed', status: 'investigating', impact: 'major' })(rows);
				expect(rows[0].components).toMatchObject(two(components).map((id) => ({ id, status: 'partial_outage' })));
				expect(rows[0].latest_update).toMatchObject({ body: 'We are investigating.' });
				expect(Object.keys(rows[0])).toHaveLength(10);
			},
			after: (state, { components }) => {
				const [created, ...others] = named(state, 'Payments are delayed');
				expect(others).toEqual([]);
				expect(created.componentIds).toEqual(two(components));
				expect(created.updates).toMatchObject([{ deliver_notifications: true }]);
			},
		},
		'incident delete': {
			parameters: incident,
			output: (rows, { incidents }) => {
				const { id, name, status } = incidents[0].row;
				has({ deleted: true, id, before: { id, name, status } })(rows);
				// Simplified, so without the list of all updates.
				expect(rows[0].before).not.toHaveProperty('incident_updates');
			},
			after: (state, { incidents }) => expect(pageOf(state).incidents).not.toHaveProperty(incidents[0].row.id),
		},
		'incident editUpdate': {
			parameters: (world) => ({
				...incident(world),
				incidentUpdateId: world.incidents[0].updates[0].id,
				updateFields: { body: 'Without the typo' },
			}),
			output: has({ body: 'Without the typo', status: 'investigating', deliver_notifications: false }),
			after: (state, { incidents }) =>
				expect(pageOf(state).incidents[incidents[0].row.id].updates).toMatchObject([{ body: 'Without the typo' }]),
		},
		'incident get': {
			parameters: ({ incidents }) => ({ incidentId: locator('name', incidents[1].row.name.toUpperCase()) }),
			output: (rows, { incidents }) => {
				has({ id: incidents[1].row.id, status: 'identified' })(rows);
				expect(Object.keys(rows[0])).toHaveLength(10);
			},
		},
		'incident getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows, { incidents }) => expect(rows.map(({ id }) => id)).toEqual(incidents.map(({ row }) => row.id)),
		},
		'incident update': {
			parameters: (world) => ({
				...incident(world),
				status: 'monitoring',
				body: 'A fix is in place.',
				components: { component: [{ componentIds: [world.components[0].id], status: 'operational' }] },
			}),
			output: (rows) => {
				has({ status: 'monitoring' })(rows);
				expect(rows[0].latest_update).toMatchObject({ status: 'monitoring', body: 'A fix is in place.' });
			},
			after: (state, { incidents }) => {
				const [{ row, updates, componentIds }] = incidents;
				const after = pageOf(state).incidents[row.id];
				expect(after.updates).toHaveLength(updates.length + 1);
				expect(after.componentIds).toEqual(componentIds);
			},
		},
		'incident upsert': {
			parameters: (world) => ({
				...KEY,
				metadataValue: 'new alert',
				name: 'CPU is high',
				body: 'It is above 90%.',
				components: { component: [{ componentIds: [world.components[0].id], status: 'degraded_performance' }] },
			}),
			output: has({ name: 'CPU is high', result: 'created' }),
			after: (state) =>
				expect(named(state, 'CPU is high')).toMatchObject([{ row: { metadata: { data: { alert: 'new alert' } } } }]),
		},
	},
	variants: {
		'incident create': [
			({ components }) => ({
				parameters: {
					incidentType: 'scheduled',
					scheduledFor: '2031-02-01T10:00:00Z',
					scheduledUntil: '2031-02-01T12:00:00Z',
					componentIds: two(components),
				},
			}),
			() => ({ parameters: { incidentType: 'backfilled', backfillDate: '2025-12-24' } }),
			() => ({ before: withTemplate, parameters: { incidentTemplateId: TEMPLATE.name, name: '' } }),
		],
		'incident delete': [() => unclear, () => missing('incidentId')],
		'incident editUpdate': [() => ({ faults: lost('incident_updates') })],
		'incident getMany': ['activeMaintenance', 'scheduled', 'unresolved', 'upcoming'].map((name) => () => list(name)),
		'incident update': [
			() => ({ faults: lost('incidents') }),
			({ components }) => ({ parameters: { updateFields: { componentIds: [components[5].name] } as IDataObject } }),
		],
		'incident upsert': [() => ({ parameters: KEY })],
	},
};
