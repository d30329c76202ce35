import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringHost, NPM, ROOT, type Host } from '../host/install.mts';
import { N8n } from '../host/n8n.mts';
import { mustRun } from '../host/processes.mts';
import { say } from '../host/screen.mts';
import type { Chosen } from './examples.mts';
import { choicesIn, VIEWERS } from './job.mts';
import { simulated, type Simulated } from './simulated.mts';

const OWNER = { email: 'admin@example.com', password: 'Statuspage-2026' };

/** A real n8n with this package, a simulated Statuspage, and a credential for it. */
export interface Trial {
	n8n: N8n;
	simulator: Simulated;
	choices: Chosen;
}

/** False where the node of the directory was removed from package.json. */
function hasDirectoryNode(): boolean {
	return readFileSync(join(ROOT, 'package.json'), 'utf8').includes('AtlassianScim.node.js');
}

/** Builds the package and installs n8n. */
export async function prepare(): Promise<Host> {
	say('Building the package …');
	await mustRun('the package is being built', NPM, ['run', 'build'], { cwd: ROOT });
	if (!existsSync(join(ROOT, 'dist', 'nodes', 'Statuspage', 'Statuspage.node.js')))
		throw new Error('The build produced no node in dist.');
	return await bringHost();
}

export async function startTrial(
	host: Host,
	{ simulatorPort, windowSeconds }: { simulatorPort: number; windowSeconds: number },
): Promise<Trial> {
	const simulator = await simulated({ port: simulatorPort, viewers: VIEWERS, windowSeconds });
	const n8n = await N8n.in(host, 'data');
	const state = await simulator.state();
	const credential = { id: 'simulator', name: 'Statuspage (simulator)' };
	const data = {
		apiKey: 'simulator-key',
		organizationId: state.organizationId,
		baseUrl: simulator.url,
		requestsPerMinute: 60,
		readOnly: false,
		rateWindowSeconds: windowSeconds,
	};
	await n8n.importCredential({ ...credential, type: 'statuspageApi', data });
	if (!hasDirectoryNode()) return { n8n, simulator, choices: choicesIn(state, { credential }) };
	const directoryCredential = { id: 'directory', name: 'Atlassian SCIM (simulator)' };
	await n8n.importCredential({
		...directoryCredential,
		type: 'atlassianScimApi',
		data: {
			directoryId: state.directory.id,
			apiKey: 'simulator-scim-key',
			baseUrl: simulator.scimUrl,
			readOnly: false,
			rateWindowSeconds: windowSeconds,
		},
	});
	return { n8n, simulator, choices: choicesIn(state, { credential, directoryCredential }) };
}

/** Starts the editor with an owner account. */
export async function openEditor(n8n: N8n, port: number): Promise<{ url: string; owner: typeof OWNER }> {
	say('Starting the editor …');
	const url = await n8n.serve(port);
	await n8n.setUpOwner(url, OWNER);
	return { url, owner: OWNER };
}
