import { Argument, Command } from 'commander';
import { APPROVAL, checkApproval } from './e2e/approval.mts';
import type { Check } from './e2e/check.mts';
import { checkCredentials } from './e2e/credentials.mts';
import { checkDirectory, checkDirectoryRest } from './e2e/directory.mts';
import { checkEditor } from './e2e/editor.mts';
import { checkForms, formsWorkflow } from './e2e/forms.mts';
import { checkIncidentExamples, prepareIncidentExamples } from './e2e/incidents.mts';
import { checkLeaverApproval, prepareLeaver } from './e2e/leaver.mts';
import { checkMcp, prepareMcp } from './e2e/mcp.mts';
import { checkQueue } from './e2e/queue.mts';
import { checkReport } from './e2e/report.mts';
import { checkRest } from './e2e/rest.mts';
import { logIn } from './e2e/session.mts';
import { checkTriggers } from './e2e/triggers.mts';
import { freePort } from './host/n8n.mts';
import { endAll } from './host/processes.mts';
import { say } from './host/screen.mts';
import { example, exampleNames } from './start/examples.mts';
import { openEditor, prepare, startTrial } from './start/trial.mts';

const command = new Command('npm run e2e --')
	.description('The node in a real n8n and a real browser, against the simulator.')
	.addArgument(
		new Argument(
			'[part]',
			'queue: only queue mode, with two workers and without a browser; triggers: only the triggers',
		).choices(['queue', 'triggers']),
	)
	.option('--screenshots', 'write the pictures of the README', false)
	.parse();
const { screenshots } = command.opts<{ screenshots: boolean }>();

/** Prints the checks and ends this script. */
async function finish(checks: Check[]): Promise<void> {
	for (const { what, problem } of checks) say(`  ${problem ? '✗' : '✓'} ${what}${problem ? `: ${problem}` : ''}`);
	await endAll();
	process.exit(checks.every(({ problem }) => !problem) ? 0 : 1);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void endAll().then(() => process.exit(130)));

try {
	const host = await prepare();
	if (command.args[0] === 'queue') await finish(await checkQueue(host));
	if (command.args[0] === 'triggers') await finish(await checkTriggers(host, screenshots));
	const trial = await startTrial(host, { simulatorPort: await freePort(), windowSeconds: 6 });
	const names = await exampleNames();
	const examples = await Promise.all(names.map(async (name) => await example(name, trial.choices)));
	await trial.n8n.importWorkflows([...examples, formsWorkflow(trial.choices)]);
	const before = [...(await checkReport(trial, screenshots)), ...(await checkDirectory(trial))];
	await trial.n8n.publish(APPROVAL);
	await prepareMcp(trial);
	await prepareIncidentExamples(trial);
	const standIn = await prepareLeaver(trial);
	const { url, owner } = await openEditor(trial.n8n, await freePort());
	const session = await logIn(url, owner);
	const checks = [
		...before,
		...(await checkCredentials(session, trial)),
		...(await checkRest(session, trial)),
		...(await checkDirectoryRest(session, trial)),
		...(await checkApproval(url, trial)),
		...(await checkLeaverApproval(url, session, trial, standIn)),
		...(await checkIncidentExamples(session, trial)),
		...(await checkMcp(url, trial)),
		...(await checkEditor(url, owner, screenshots)),
		...(await checkForms(url, owner, screenshots)),
	];
	await standIn.stop();
	await trial.simulator.stop();
	await finish(checks);
} catch (error) {
	console.error((error as Error).message);
	await endAll();
	process.exit(1);
}
