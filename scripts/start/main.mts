import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { bringHost, NPM, ROOT } from '../host/install.mts';
import { isFree, N8n } from '../host/n8n.mts';
import { endAll, mustRun } from '../host/processes.mts';
import { say } from '../host/screen.mts';
import { choicesIn, runMainExample, VIEWERS } from './job.mts';
import { readRealService, realKey } from './realService.mts';
import { simulated } from './simulated.mts';

const OWNER = { email: 'admin@example.com', password: 'Statuspage-2026' };
const SHORT_WINDOW_SECONDS = 6;
const REAL_WINDOW_SECONDS = 60;

function port(text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1 || value > 65_535) throw new InvalidArgumentError('It must be a port number.');
	return value;
}

const { once, realWindow, port: editorPort, simulatorPort } = new Command('npm start --')
	.description('Runs the main example in a real n8n against a simulated Statuspage, then opens the editor.')
	.option('--once', 'end after the result', false)
	.option('--real-window', 'count requests over 60 s, as Statuspage does, instead of 6 s', false)
	.option('--port <number>', 'port of the editor', port, 5678)
	.option('--simulator-port <number>', 'port of the simulator', port, 4100)
	.parse()
	.opts<{ once: boolean; realWindow: boolean; port: number; simulatorPort: number }>();

async function requireFree(wanted: number, what: string, flag: string): Promise<void> {
	if (!(await isFree(wanted))) throw new Error(`Port ${wanted}, for the ${what}, is busy. Choose another one: npm start -- ${flag} ${wanted + 1}`);
}

async function build(): Promise<void> {
	say('Building the package …');
	await mustRun('the package is being built', NPM, ['run', 'build'], { cwd: ROOT });
	if (!existsSync(join(ROOT, 'dist', 'nodes', 'Statuspage', 'Statuspage.node.js'))) throw new Error('The build left no node in dist.');
}

async function main(): Promise<boolean> {
	if (!once) await requireFree(editorPort, 'editor', '--port');
	await requireFree(simulatorPort, 'simulator', '--simulator-port');
	await build();
	const host = await bringHost();
	const key = realKey(process.env);
	const isRealRead = key ? await readRealService(host, key) : true;

	const windowSeconds = realWindow ? REAL_WINDOW_SECONDS : SHORT_WINDOW_SECONDS;
	if (!realWindow) say(`So that nobody waits for minutes, requests are counted over ${SHORT_WINDOW_SECONDS} s here instead of 60 s (--real-window for 60 s).`);
	const simulator = await simulated({ port: simulatorPort, viewers: VIEWERS, windowSeconds });
	const n8n = await N8n.in(host, 'data');
	const state = await simulator.state();
	const credential = { id: 'simulator', name: 'Statuspage (simulator)', type: 'statuspageApi' };
	await n8n.importCredential({
		...credential,
		data: {
			apiKey: 'simulator-key',
			organizationId: state.organizationId,
			baseUrl: simulator.url,
			requestsPerMinute: 60,
			readOnly: false,
			rateWindowSeconds: windowSeconds,
		},
	});
	const isDone = await runMainExample(n8n, simulator, choicesIn(state, credential), windowSeconds);
	if (once) {
		await simulator.stop();
		return isDone && isRealRead;
	}
	say('Starting the editor …');
	const url = await n8n.serve(editorPort);
	await n8n.setUpOwner(url, OWNER);
	say(`\n  n8n:        ${url}\n  log in:     ${OWNER.email} / ${OWNER.password}\n  Statuspage: ${simulator.url} (simulated)\n\n  Ctrl-C ends both.`);
	await new Promise(() => {});
	return true;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		say('\nEnding n8n and the simulator …');
		void endAll().then(() => process.exit(130));
	});
}

try {
	const isDone = await main();
	await endAll();
	process.exit(isDone ? 0 : 1);
} catch (error) {
	console.error(`\n${(error as Error).message}`);
	await endAll();
	process.exit(1);
}
