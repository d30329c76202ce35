import type { Workflow } from '../host/n8n.mts';
import { example } from '../start/examples.mts';
import { addViewer, LEAVER, leaverExample, leaverWithEverything, runLeaverExample } from '../start/leaver.mts';
import type { Trial } from '../start/trial.mts';
import { check, type Check } from './check.mts';
import type { Session } from './session.mts';

const RECONCILE = 'reconcile-from-directory';

async function checkLeaver({ n8n, simulator, choices }: Trial): Promise<Check[]> {
	const leave = async (email: string) => {
		await n8n.importWorkflows([await leaverExample(choices, email)]);
		return await n8n.execute(LEAVER, 'the leaver example runs');
	};
	// A wrong Directory ID gets a 404: no user was found, and none was deactivated.
	const isNotDone = async (status: number) => {
		await simulator.fault({ kind: 'status', status, match: { path: '/Users' } });
		const { error } = await leave(await leaverWithEverything(simulator, choices));
		return error?.message.includes('not deactivated') ? undefined : (error?.message ?? 'the execution succeeded');
	};
	return [
		await check('a leaver who is deactivated in the directory has an empty access report on Statuspage', async () => {
			const [problem] = await runLeaverExample(n8n, simulator, choices);
			return problem;
		}),
		await check('a person who is not in the directory also loses all access to Statuspage', async () => {
			const email = 'customer@example.org';
			await addViewer(simulator, choices, email);
			const { runData, error } = await leave(email);
			const isThere = Object.values((await simulator.state()).pages[choices.page.id]?.viewers ?? {}).some(
				(viewer) => viewer.email === email,
			);
			return error?.message ?? (isThere || !runData.Done ? 'the viewer still exists' : undefined);
		}),
		await check('a leaver who could not be deactivated counts as not done', async () => await isNotDone(403)),
		await check('a leaver who is searched in a wrong directory counts as not done', async () => await isNotDone(404)),
	];
}

/** Up to the plan: what follows asks in Slack. */
async function checkReconcile({ n8n, simulator, choices }: Trial): Promise<Check> {
	return await check('members of a directory group become the plan of a viewer group', async () => {
		const { directory } = await simulator.state();
		const group = Object.values(directory.groups).find(({ isDefault }) => !isDefault);
		const workflow = await example(RECONCILE, choices);
		const kept = ['Groups', 'One item per group', 'Members of the directory group', 'Only active users', 'Plan'];
		const text = JSON.stringify({ ...workflow, nodes: workflow.nodes.filter(({ name }) => kept.includes(name)) });
		const { nodes, connections, ...rest } = JSON.parse(
			text.replace('Statuspage Acme', group?.displayName ?? '').replace('Acme Corp', choices.group.name),
		) as Workflow;
		const start = {
			id: 'start',
			name: 'Every night',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const upToPlan = Object.fromEntries(
			Object.entries(connections).filter(([from]) => from === start.name || (from !== 'Plan' && kept.includes(from))),
		);
		await n8n.importWorkflows([{ ...rest, nodes: [start, ...nodes], connections: upToPlan }]);
		const { runData, error } = await n8n.execute(RECONCILE, 'members of the directory are compared with viewers');
		const people = runData['Only active users']?.[0]?.data?.main[0]?.length ?? 0;
		const summary = runData.Plan?.[0]?.data?.main[0]?.[0]?.json as
			| { markdown?: string; changes?: Array<{ action: string }> }
			| undefined;
		if (!summary?.markdown) return error?.message ?? 'there was no plan';
		return people > 0 && (summary.changes?.length ?? 0) > 0
			? undefined
			: JSON.stringify({ people, summary }).slice(0, 500);
	});
}

/** The examples that start in the directory. Each execution is a process of its own. */
export async function checkDirectory(trial: Trial): Promise<Check[]> {
	// The last checks remove people that the reconcile may need.
	return [await checkReconcile(trial), ...(await checkLeaver(trial))];
}

/** The lists behind the fields. */
export async function checkDirectoryRest({ search }: Session, { simulator, choices }: Trial): Promise<Check[]> {
	const { directory } = await simulator.state();
	const find = async (methodName: string, filter?: string) =>
		await search('atlassianScim', { atlassianScimApi: choices.directoryCredential }, methodName, { filter });
	const [user] = Object.values(directory.users);
	const address = user?.attributes.emails[0]?.value ?? '';
	return [
		await check('searchUsers finds an address', async () =>
			(await find('searchUsers', address)).length === 1 ? undefined : 'it did not',
		),
		await check('searchGroups fills its list', async () =>
			(await find('searchGroups')).length > 0 ? undefined : 'it was empty',
		),
	];
}
