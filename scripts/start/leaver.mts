import { fetch } from 'undici';
import type { N8n, Workflow } from '../host/n8n.mts';
import { say } from '../host/screen.mts';
import { example, type Chosen } from './examples.mts';
import type { Simulated } from './simulated.mts';

export const LEAVER = 'leaver-from-directory';

export async function addViewer(simulator: Simulated, { page, group }: Chosen, email: string): Promise<void> {
	await fetch(`${simulator.url}/pages/${page.id}/page_access_users`, {
		method: 'POST',
		headers: { Authorization: 'OAuth simulator-key', 'Content-Type': 'application/json' },
		body: JSON.stringify({ page_access_user: { email, page_access_group_ids: [group.id] } }),
	});
}

/** Makes a team member who is in the directory a viewer too, so the leaver has every kind of access. Returns the email. */
export async function leaverWithEverything(simulator: Simulated, choices: Chosen): Promise<string> {
	const { directory, members } = await simulator.state();
	const active = new Set(
		Object.values(directory.users).flatMap(({ attributes }) =>
			attributes.active ? attributes.emails.map(({ value }) => value) : [],
		),
	);
	const member = Object.values(members).find(
		({ row, permissions }) =>
			active.has(row.email) && row.id !== choices.teamMember.id && Object.keys(permissions).length > 0,
	);
	if (!member) throw new Error('No team member is in the directory');
	await addViewer(simulator, choices, member.row.email);
	return member.row.email;
}

/** The example with this person as the leaver. */
export async function leaverExample(choices: Chosen, email: string): Promise<Workflow> {
	const text = JSON.stringify(await example(LEAVER, choices));
	return JSON.parse(text.replace('old.person@example.com', email)) as Workflow;
}

/** Runs the example, and returns a sentence per fault in its evidence and in the state of both services. */
export async function runLeaverExample(n8n: N8n, simulator: Simulated, choices: Chosen): Promise<string[]> {
	const email = await leaverWithEverything(simulator, choices);
	await n8n.importWorkflows([await leaverExample(choices, email)]);
	say(`Running the leaver example: ${email} is deactivated in the directory and loses all access to Statuspage …`);
	const { runData, error } = await n8n.execute(LEAVER, 'the leaver example runs');
	const evidence = runData.Evidence?.[0]?.data?.main[0]?.[0]?.json;
	const { directory, pages, members } = await simulator.state();
	const user = Object.values(directory.users).find(({ attributes }) =>
		attributes.emails.some(({ value }) => value === email),
	);
	const problems: Array<[boolean, string]> = [
		[error !== undefined, error?.message ?? ''],
		[evidence?.isDeactivated !== true, 'the evidence does not say that the user is deactivated'],
		[evidence?.remainingAccess !== 0, `the access report has ${String(evidence?.remainingAccess)} rows, not none`],
		[runData.Done === undefined, 'the workflow did not reach its end'],
		[user?.attributes.active !== false, 'the user of the directory is active'],
		[
			Object.values(pages).some(({ viewers }) => Object.values(viewers).some((viewer) => viewer.email === email)),
			'the viewer still exists',
		],
		[Object.values(members).some(({ row }) => row.email === email), 'the team member still exists'],
	];
	const wrong = problems.flatMap(([isWrong, text]) => (isWrong ? [text] : []));
	const done = Array.isArray(evidence?.changes) ? evidence.changes.length : 0;
	say(
		wrong.length === 0
			? `  ✓ ${done} changes were applied, the user cannot log in, and the access report is empty.\n`
			: wrong.map((text) => `  ✗ ${text}`).join('\n'),
	);
	return wrong;
}
