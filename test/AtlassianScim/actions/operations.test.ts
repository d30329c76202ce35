import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../../nodes/AtlassianScim/actions';
import { endpoints } from '../../../nodes/services/scim/endpoints';
import { directoryOf, directoryResults, runDirectory, type DirectoryWorld } from '../../support/directory';
import { useFastClock } from '../../support/fastClock';
import { NAME_FORMS, withNames } from '../../support/names';
import { requirePreview } from '../../support/schema';
import { startSimulator, type Fault, type LogEntry, type Simulator } from '../../support/simulator';
import { Uses } from '../../support/uses';
import { by, cases } from './cases';

useFastClock();

let simulator: Simulator;
beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.stop());
beforeEach(async () => await simulator.reset());

/** A run with endpoints that the usual case doesn't use. */
interface Variant {
	before?: () => Promise<void>;
	parameters?: IDataObject;
	faults?: Fault[];
}

/** An answer to a deletion without information, which is settled by a read. */
const unclear: Fault[] = [{ kind: 'html', status: 200, match: { method: 'DELETE' }, after: true }];
const emptyPatch: Fault[] = [{ kind: 'body', status: 204, body: '', match: { method: 'PATCH' }, times: 9 }];
const GONE = '635cdb2f-e72e-4b4a-8c8a-0d9b2f3f2a11';

const variants: Record<string, Array<(world: DirectoryWorld) => Variant>> = {
	'group addMembers': [() => ({ faults: emptyPatch })],
	'group create': [({ groups }) => ({ parameters: { name: groups[0].displayName } })],
	'group delete': [
		() => ({ faults: unclear }),
		() => ({ parameters: { groupId: by('id', GONE), options: { ignoreIfMissing: true } } }),
	],
	'group get': [
		() => ({ parameters: { output: 'members' } }),
		({ groups: [{ id, memberIds }] }) => ({
			before: async () => {
				const Operations = memberIds
					.slice(2)
					.map((member) => ({ op: 'remove', path: `members[value eq "${member}"]` }));
				await simulator.sendScim('PATCH', `/Groups/${id}`, {
					body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
				});
			},
			parameters: { output: 'members' },
		}),
	],
	'group removeMembers': [({ users }) => ({ parameters: { userIds: [users[0].accountId] } })],
	'user create': [({ users }) => ({ parameters: { userName: users[0].userName } })],
	'user deactivate': [() => ({ faults: emptyPatch })],
	'user delete': [
		({ users }) => ({ parameters: { userId: by('id', users[3].id) }, faults: unclear }),
		() => ({ parameters: { userId: by('id', GONE), options: { ignoreIfMissing: true } } }),
	],
	'user get': [({ users }) => ({ parameters: { userId: by('id', users[2].id) } })],
	'user reactivate': [() => ({ faults: emptyPatch })],
	'user update': [() => ({ faults: emptyPatch })],
};

const uses = new Uses(resources, endpoints);
const writesIn = (log: LogEntry[]) =>
	log.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => ({ method, path, body }));

/** Runs a case with these parameters, and checks what was sent. */
async function runCase(
	name: string,
	world: DirectoryWorld,
	parameters: IDataObject | undefined,
): Promise<IDataObject[]> {
	await simulator.clearLog();
	const rows = await directoryResults(
		{ credential: { ...world.credential, ...cases[name].credential } },
		name,
		parameters,
	);
	uses.check(name, await simulator.log());
	return rows;
}

describe('every operation, in the engine of n8n', () => {
	test.each(uses.names)('%s', async (name) => {
		const world = await directoryOf(simulator);
		const { parameters, output, after } = cases[name];
		const rows = await runCase(name, world, parameters?.(world));
		output(rows, world);
		requirePreview('AtlassianScim', name, rows);
		after?.(await simulator.directory(), world);
		expect(await simulator.problems()).toEqual([]);
	});
});

describe('a name has the same effect as its ID', () => {
	describe.each(Object.entries(NAME_FORMS))('%s', (_, form) => {
		test.each(uses.names)('%s', async (name) => {
			const world = await directoryOf(simulator);
			const names = new Map([
				...world.users.map(({ id, email }) => [id, email] as const),
				...world.groups.map(({ id, displayName }) => [id, displayName] as const),
			]);
			const parameters = cases[name].parameters?.(world);
			const named = parameters && withNames(parameters, names, form);
			if (!named) return;
			await runCase(name, world, parameters);
			const wanted = writesIn(await simulator.log());
			await simulator.reset();
			await runCase(name, world, named);
			expect(writesIn(await simulator.log())).toEqual(wanted);
		});
	});
});

describe('API operations that only some runs use', () => {
	test.each(uses.names)('%s', async (name) => {
		const world = await directoryOf(simulator);
		const base = cases[name].parameters?.(world) ?? {};
		for (const variant of variants[name] ?? []) {
			await simulator.reset();
			const { before, parameters, faults = [] } = variant(world);
			await before?.();
			for (const fault of faults) await simulator.fault(fault);
			await simulator.clearLog();
			await runDirectory(world, name, { ...base, ...parameters });
			uses.check(name, await simulator.log());
		}
		uses.checkAll(name);
	});
});
