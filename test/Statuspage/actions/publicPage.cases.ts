import type { IDataObject } from 'n8n-workflow';
import type { Simulator } from '../../support/simulator';
import { publicUrl, type World } from '../../support/world';
import type { ResourceCases } from './case';

/** The public page of the simulator begins empty, so each case fills it. */
async function fill({ otherPageId }: World, simulator: Simulator): Promise<void> {
	const post = async (path: string, body: object) =>
		(await (await simulator.send('POST', `/pages/${otherPageId}/${path}`, { body })).json()) as { id: string };
	const { id } = await post('components', { component: { name: 'API', status: 'partial_outage' } });
	await post('component-groups', { component_group: { name: 'Europe', components: [id] } });
	await post('incidents', {
		incident: { name: 'API errors', component_ids: [id], body: 'We are looking into it.', impact_override: 'major' },
	});
	await post('incidents', {
		incident: {
			name: 'Database upgrade',
			component_ids: [id],
			scheduled_for: '2031-03-01T22:00:00.000Z',
			scheduled_until: '2031-03-02T02:00:00.000Z',
		},
	});
}

const at = (world: World): IDataObject => ({
	pageAddress: publicUrl(world, 'northwind-public'),
	allowLoopback: true,
});

const page = ({ otherPageId }: World) => ({
	pageId: otherPageId,
	pageName: 'Northwind Public',
	pageUrl: 'https://northwind-public.statuspage.io',
});

const anId = expect.any(String) as unknown as string;
const incident = {
	name: 'API errors',
	status: 'investigating',
	impact: 'major',
	components: [{ id: anId, name: 'API', status: 'partial_outage' }],
	latest_update: { status: 'investigating', body: 'We are looking into it.' },
};
const maintenance = { name: 'Database upgrade', status: 'scheduled', scheduled_for: '2031-03-01T22:00:00.000Z' };

export const publicPageCases: ResourceCases = {
	cases: {
		'publicPage getSummary': {
			before: fill,
			parameters: at,
			output: (rows, world) =>
				expect(rows).toMatchObject([
					{
						...page(world),
						pageUpdatedAt: anId,
						indicator: 'minor',
						description: 'Partially Degraded Service',
						openIncidents: 1,
						openMaintenances: 1,
						componentsNotOperational: 1,
						incidents: [incident],
						maintenances: [maintenance],
						components: [{ id: anId, name: 'API', status: 'partial_outage', groupName: 'Europe' }],
					},
				]),
		},
		'publicPage getComponents': {
			before: fill,
			parameters: at,
			output: (rows, world) =>
				expect(rows).toMatchObject([
					{ ...page(world), name: 'API', status: 'partial_outage', group: false, groupName: 'Europe' },
					{ ...page(world), name: 'Europe', group: true, groupName: null },
				]),
		},
		'publicPage getIncidents': {
			before: fill,
			parameters: (world) => ({ ...at(world), incidentList: 'unresolved' }),
			output: (rows, world) => expect(rows).toMatchObject([{ ...page(world), ...incident }]),
		},
		'publicPage getMaintenances': {
			before: fill,
			parameters: (world) => ({ ...at(world), maintenanceList: 'upcoming', returnAll: true }),
			output: (rows, world) => expect(rows).toMatchObject([{ ...page(world), ...maintenance }]),
		},
	},
};
