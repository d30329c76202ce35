import type { Simulator } from '../../support/simulator';
import { locator, type World } from '../../support/world';
import { has, metric, missing, pageOf, unclear, type ResourceCases } from './case';

/** A time that is not older than 28 days. It is a multiple of 30 seconds, as Statuspage stores it. */
const AT = Math.floor(Date.now() / 60_000) * 60 - 3600;
const time = new Date(AT * 1000).toISOString();

const withData = async ({ pageId, metricIds }: World, simulator: Simulator) =>
	await simulator.send('POST', `/pages/${pageId}/metrics/${metricIds[0]}/data`, {
		body: { data: { timestamp: AT, value: 7 } },
	});

export const metricCases: ResourceCases = {
	cases: {
		'metric addData': {
			parameters: (world) => ({ ...metric(world), value: 12.5, timestamp: time }),
			output: (rows, { pageId, metricIds }) =>
				expect(rows).toEqual([{ pageId, metricId: metricIds[0], timestamp: AT, time, value: 12.5 }]),
			after: (state, { metricIds }) => expect(pageOf(state).metricData[metricIds[0]]).toEqual({ [AT]: 12.5 }),
		},
		'metric create': {
			parameters: ({ metricProviderIds }) => ({
				metricProviderId: locator('id', metricProviderIds[0]),
				name: 'Open Orders',
			}),
			output: (rows, { metricProviderIds }) =>
				has({ name: 'Open Orders', metrics_provider_id: metricProviderIds[0] })(rows),
			after: (state) =>
				expect(Object.values(pageOf(state).metrics).filter(({ name }) => name === 'Open Orders')).toHaveLength(1),
		},
		'metric delete': {
			parameters: metric,
			output: (rows, { page, metricIds: [id] }) => {
				has({ deleted: true, id, before: { id, name: page.metrics[id].name } })(rows);
				expect(rows[0].before).not.toHaveProperty('decimal_places');
			},
			after: (state, { metricIds }) => expect(pageOf(state).metrics).not.toHaveProperty(metricIds[0]),
		},
		'metric get': {
			parameters: ({ page, metricIds }) => ({ metricId: locator('name', page.metrics[metricIds[2]].name) }),
			output: (rows, { metricIds }) => {
				has({ id: metricIds[2] })(rows);
				expect(Object.keys(rows[0]).length).toBeLessThanOrEqual(10);
			},
		},
		'metric getMany': {
			parameters: () => ({ returnAll: true }),
			output: (rows, { metricIds }) => expect(rows.map(({ id }) => id)).toEqual(metricIds),
		},
		'metric resetData': {
			before: withData,
			parameters: metric,
			output: (rows, { metricIds }) => has({ reset: true, id: metricIds[0], most_recent_data_at: null })(rows),
			after: (state, { metricIds }) => expect(pageOf(state).metricData).not.toHaveProperty(metricIds[0]),
		},
		'metric update': {
			parameters: (world) => ({ ...metric(world), updateFields: { name: 'Renamed' } }),
			output: (rows, { metricIds }) => has({ id: metricIds[0], name: 'Renamed' })(rows),
			after: (state, { metricIds }) => expect(pageOf(state).metrics[metricIds[0]].name).toBe('Renamed'),
		},
	},
	variants: {
		'metric addData': [() => ({ items: () => [{}, {}], parameters: { value: '={{ $itemIndex }}' } })],
		'metric create': [() => ({ faults: [{ kind: 'resetAfter', match: { method: 'POST' } }] })],
		'metric delete': [() => unclear, () => missing('metricId')],
		'metric getMany': [
			({ metricProviderIds }) => ({
				parameters: { filters: { metricProviderId: metricProviderIds[1], name: 'page' } },
			}),
		],
		'metric resetData': [() => ({ faults: [{ kind: 'body', body: '', match: { method: 'DELETE' } }] })],
	},
};
