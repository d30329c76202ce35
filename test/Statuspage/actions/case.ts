import type { IDataObject } from 'n8n-workflow';
import type { Fault, SimulatedState, Simulator } from '../../support/simulator';
import { locator, type World } from '../../support/world';

/** Input, output and the state of the page after the run. */
export interface Case {
	/** Prepares the simulator. */
	before?: (world: World, simulator: Simulator) => Promise<unknown>;
	parameters?: (world: World) => IDataObject;
	/** Defaults to one empty item. */
	items?: (world: World) => Promise<IDataObject[]> | IDataObject[];
	output: (rows: IDataObject[], world: World) => void;
	after?: (state: SimulatedState, world: World) => void;
}

/** A run that uses endpoints that the usual case does not use. */
export interface Variant {
	before?: (simulator: Simulator) => Promise<unknown>;
	parameters?: IDataObject;
	items?: (simulator: Simulator) => Promise<IDataObject[]> | IDataObject[];
	faults?: Fault[];
}

/** The cases of a resource, by "resource operation". */
export interface ResourceCases {
	cases: Record<string, Case>;
	variants?: Record<string, Array<(world: World) => Variant>>;
}

export const viewer = ({ viewers }: World) => ({ viewerId: locator('id', viewers[0].id) });
export const group = ({ groups }: World) => ({ viewerGroupId: locator('id', groups[0].id) });
export const component = ({ components }: World) => ({ componentId: locator('id', components[0].id) });
export const member = ({ memberId }: World) => ({ teamMemberId: locator('id', memberId) });
export const metric = ({ metricIds }: World) => ({ metricId: locator('id', metricIds[0]) });
export const metricProvider = ({ metricProviderIds }: World) => ({
	metricProviderId: locator('id', metricProviderIds[0]),
});
export const two = (rows: Array<{ id: string }>) => rows.slice(0, 2).map(({ id }) => id);
export const pageOf = (state: SimulatedState) => Object.values(state.pages)[0];
export const givenTo =
	(path: (world: World) => string, field: string, ids: (world: World) => string[]) =>
	async (world: World, simulator: Simulator) =>
		await simulator.send('POST', `/pages/${world.pageId}/${path(world)}`, { body: { [field]: ids(world) } });
export const has = (fields: IDataObject) => (rows: IDataObject[]) => {
	expect(rows).toHaveLength(1);
	expect(rows[0]).toMatchObject(fields);
};
/** An unclear answer to a deletion, so a read has to confirm it. */
export const unclear: Variant = { faults: [{ kind: 'html', status: 200, match: { method: 'DELETE' }, after: true }] };
/** An ID that no object has. */
export const GONE = 'gone00000001';
export const missing = (parameter: string): Variant => ({
	parameters: { [parameter]: locator('id', GONE), options: { ignoreIfMissing: true } },
});
export const one = (rows: Array<{ id: string }>) => [rows[0].id];
