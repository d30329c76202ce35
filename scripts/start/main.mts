import { Command, InvalidArgumentError } from 'commander';
import { isFree } from '../host/n8n.mts';
import { endAll } from '../host/processes.mts';
import { say } from '../host/screen.mts';
import { runMainExample } from './job.mts';
import { runLeaverExample } from './leaver.mts';
import { readRealService, realKey } from './realService.mts';
import { openEditor, prepare, startTrial } from './trial.mts';

const SHORT_WINDOW_SECONDS = 6;
const REAL_WINDOW_SECONDS = 60;

function port(text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1 || value > 65_535)
		throw new InvalidArgumentError('It must be a port number.');
	return value;
}

const {
	once,
	realWindow,
	port: editorPort,
	simulatorPort,
} = new Command('npm start --')
	.description('Runs the main example in a real n8n against a simulated Statuspage, then opens the editor.')
	.option('--once', 'exit after the result', false)
	.option('--real-window', 'use the 60 s window of the Statuspage rate limit instead of 6 s', false)
	.option('--port <number>', 'port of the editor', port, 5678)
	.option('--simulator-port <number>', 'port of the simulator', port, 4100)
	.parse()
	.opts<{ once: boolean; realWindow: boolean; port: number; simulatorPort: number }>();

async function requireFree(wanted: number, what: string, flag: string): Promise<void> {
	if (!(await isFree(wanted)))
		throw new Error(`Port ${wanted}, for the ${what}, is busy. Choose another one: npm start -- ${flag} ${wanted + 1}`);
}

async function main(): Promise<boolean> {
	if (!once) await requireFree(editorPort, 'editor', '--port');
	await requireFree(simulatorPort, 'simulator', '--simulator-port');
	const host = await prepare();
	const key = realKey(process.env);
	const isRealRead = key ? await readRealService(host, key) : true;

	const windowSeconds = realWindow ? REAL_WINDOW_SECONDS : SHORT_WINDOW_SECONDS;
	if (!realWindow)
		say(
			`To save time, the window of the rate limit is ${SHORT_WINDOW_SECONDS} s here instead of 60 s. Use --real-window for 60 s.`,
		);
	const { n8n, simulator, choices } = await startTrial(host, { simulatorPort, windowSeconds });
	const isMainDone = await runMainExample(n8n, simulator, choices, windowSeconds);
	const isDone =
		isMainDone && (!choices.directoryCredential || (await runLeaverExample(n8n, simulator, choices)).length === 0);
	if (once) {
		await simulator.stop();
		return isDone && isRealRead;
	}
	const { url, owner } = await openEditor(n8n, editorPort);
	say(
		`\n  n8n:        ${url}\n  log in:     ${owner.email} / ${owner.password}\n  Statuspage: ${simulator.url} (simulated)\n  directory:  ${simulator.scimUrl} (simulated)\n\n  Ctrl-C ends both.`,
	);
	await new Promise(() => {});
	return true;
}

let isEnding = false;

function endEarly(): void {
	if (isEnding) return;
	isEnding = true;
	say('\nEnding n8n and the simulator …');
	void endAll().then(() => process.exit(130));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endEarly);

// npm sends a signal to the shell between npm and this script, and the shell ends without this script.
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) endEarly();
}, 500).unref();

try {
	const isDone = await main();
	await endAll();
	process.exit(isDone ? 0 : 1);
} catch (error) {
	console.error(`\n${(error as Error).message}`);
	await endAll();
	process.exit(1);
}
