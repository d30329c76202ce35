import type { IDataObject } from 'n8n-workflow';
import { credentialFor, runNode, type Credential, type Run, type RunResult } from './engine';
import type {
	SimulatedComponent,
	SimulatedGroup,
	SimulatedIncident,
	SimulatedPage,
	SimulatedTemplate,
	SimulatedViewer,
	Simulator,
} from './simulator';

/** A resource locator as the editor saves it. */
export function locator(mode: 'id' | 'list' | 'email' | 'name', value: string): IDataObject {
	return { __rl: true, mode, value };
}

/** The first page of the simulator, with some of its objects for tests. */
export interface World {
	page: SimulatedPage;
	pageId: string;
	organizationId: string;
	otherPageId: string;
	/** The page without role-based access control. */
	plainPageId: string;
	viewers: SimulatedViewer[];
	groups: SimulatedGroup[];
	/** Components without component groups. */
	components: SimulatedComponent[];
	componentGroups: SimulatedComponent[];
	/** All but the last one take data. */
	metricIds: string[];
	/** Incidents and maintenances, newest first. */
	incidents: SimulatedIncident[];
	templates: SimulatedTemplate[];
	/** The provider of all metrics but the last one, with the type Self, and the provider of the last one. */
	metricProviderIds: string[];
	/** A team member with permissions on all pages. */
	memberId: string;
	memberEmail: string;
	credential: Credential;
}

export async function worldOf(simulator: Simulator): Promise<World> {
	const state = await simulator.state();
	const [page, other, plain] = Object.values(state.pages);
	const components = Object.values(page.components);
	const member = Object.values(state.members).find(({ permissions }) => Object.keys(permissions).length === 3);
	if (!member) throw new Error('No team member has permissions on all pages');
	return {
		page,
		pageId: page.row.id,
		organizationId: state.organizationId,
		otherPageId: other.row.id,
		plainPageId: plain.row.id,
		viewers: Object.values(page.viewers),
		groups: Object.values(page.groups),
		components: components.filter(({ group }) => !group),
		componentGroups: components.filter(({ group }) => group),
		metricIds: Object.keys(page.metrics),
		incidents: Object.values(page.incidents),
		templates: Object.values(page.templates),
		metricProviderIds: Object.keys(page.metricProviders),
		memberId: member.row.id,
		memberEmail: member.row.email,
		credential: credentialFor(simulator, { organizationId: state.organizationId }),
	};
}

/** The address of a public page of the simulator, by its subdomain or ID. */
export function publicUrl({ credential }: World, subdomain: string): string {
	return `${new URL(String(credential.baseUrl)).origin}/public/${subdomain}`;
}

/** Runs "resource operation", by default on the page of the world. */
export async function run(
	world: World,
	name: string,
	parameters: IDataObject = {},
	more: Partial<Run> = {},
): Promise<RunResult> {
	const [resource, operation] = name.split(' ');
	return await runNode({
		credential: world.credential,
		...more,
		parameters: { resource, operation, pageId: locator('id', world.pageId), ...parameters },
	});
}

/** Runs "resource operation" and returns the message of the error; empty if there is none. n8n itself rejects some values before the run. */
export async function errorOf(world: World, name: string, parameters: IDataObject): Promise<string> {
	try {
		return (await run(world, name, parameters)).error?.message ?? '';
	} catch (error) {
		return (error as Error).message;
	}
}

/** Runs "resource operation" and returns the output. Fails if the run does. */
export async function results(
	world: World,
	name: string,
	parameters: IDataObject = {},
	more: Partial<Run> = {},
): Promise<IDataObject[]> {
	const { items, error } = await run(world, name, parameters, more);
	if (error) throw new Error(`${error.message}: ${error.description}`);
	return items;
}
