import type { IDataObject } from 'n8n-workflow';
import { runNode, type Credential, type Run, type RunResult } from './engine';
import type { SimulatedDirectory, SimulatedDirectoryGroup, SimulatedDirectoryUser, Simulator } from './simulator';

export interface DirectoryUser extends SimulatedDirectoryUser {
	email: string;
	userName: string;
}

/** The directory of the simulator, with some of its objects for tests. */
export interface DirectoryWorld {
	directory: SimulatedDirectory;
	users: DirectoryUser[];
	/** All groups except the default group. */
	groups: SimulatedDirectoryGroup[];
	credential: Credential;
}

export async function directoryCredential(simulator: Simulator, extra: Credential = {}): Promise<Credential> {
	const { id } = await simulator.directory();
	return {
		directoryId: id,
		apiKey: simulator.scimKey,
		baseUrl: simulator.scimUrl,
		readOnly: false,
		rateWindowSeconds: 60,
		...extra,
	};
}

export async function directoryOf(simulator: Simulator): Promise<DirectoryWorld> {
	const directory = await simulator.directory();
	return {
		directory,
		users: Object.values(directory.users).map((user) => ({
			...user,
			email: user.attributes.emails[0].value,
			userName: user.attributes.userName,
		})),
		groups: Object.values(directory.groups).filter(({ isDefault }) => !isDefault),
		credential: await directoryCredential(simulator),
	};
}

/** Runs "resource operation" of the SCIM node. */
export async function runDirectory(
	{ credential }: { credential: Credential },
	name: string,
	parameters: IDataObject = {},
	more: Partial<Run> = {},
): Promise<RunResult> {
	const [resource, operation] = name.split(' ');
	return await runNode({
		node: 'atlassianScim',
		credential,
		...more,
		parameters: { resource, operation, ...parameters },
	});
}

/** Runs "resource operation" of the SCIM node and returns the output. Fails if the run does. */
export async function directoryResults(
	world: { credential: Credential },
	name: string,
	parameters: IDataObject = {},
	more: Partial<Run> = {},
): Promise<IDataObject[]> {
	const { items, error } = await runDirectory(world, name, parameters, more);
	if (error) throw new Error(`${error.message}: ${error.description}`);
	return items;
}
