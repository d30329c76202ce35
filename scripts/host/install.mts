import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { HOST, N8N_FOLDER, N8N_VERSION, STAMP } from './folder.mts';
import { bringNode, hostNode } from './node.mts';
import { npm } from './npm.mts';
import { Sentence } from './sentence.mts';

const BUILD_TOOLS = [['python3', 'python'], ['make', 'gmake'], ['g++', 'c++', 'clang++']];

/** What a finished install is known by. */
function stamp(): string {
	return JSON.stringify({ n8n: N8N_VERSION, node: hostNode().bin, machine: `${process.platform}-${process.arch}` });
}

async function isInstalled(): Promise<boolean> {
	return existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === stamp();
}

/** Those of the tools of which no spelling is on the path. */
export function missingTools(path: string, exists: (file: string) => boolean = existsSync): string[] {
	const folders = path.split(delimiter);
	return BUILD_TOOLS.filter((names) => !names.some((name) => folders.some((folder) => exists(join(folder, name))))).map(([name]) => name as string);
}

function requireTools(): void {
	if (process.platform === 'win32') return;
	const missing = missingTools(process.env.PATH ?? '');
	if (missing.length === 0) return;
	throw new Sentence(`${missing.join(', ')} must be installed: n8n's database driver (sqlite3) is compiled on this machine. On Debian and Ubuntu: apt-get install python3 make g++`);
}

/** The environment in which the host's Node is the one that runs. */
export function hostEnvironment(): NodeJS.ProcessEnv {
	const { bin } = hostNode();
	return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
}

/** Brings n8n and its Node into the host folder; at once when they are there. An install that did not finish is begun again. */
export async function installHost(): Promise<void> {
	if (await isInstalled()) return;
	requireTools();
	console.log(`A real n8n ${N8N_VERSION} comes into ${HOST} (3 GB). This takes 3 to 5 minutes, once.`);
	await rm(STAMP, { force: true });
	await bringNode();
	await rm(join(N8N_FOLDER, 'node_modules'), { recursive: true, force: true });
	await mkdir(N8N_FOLDER, { recursive: true });
	await writeFile(join(N8N_FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: { n8n: N8N_VERSION } }));
	// Scripts of optional drivers that nobody needs here do not compile everywhere.
	await npm(['install', '--ignore-scripts'], N8N_FOLDER, { title: `Installing n8n ${N8N_VERSION} (about 3 minutes)`, log: 'install-n8n' });
	await npm(['rebuild', 'sqlite3', '--no-ignore-scripts'], N8N_FOLDER, {
		title: 'Compiling sqlite3 (about 1 minute)',
		log: 'install-sqlite3',
		env: { ...hostEnvironment(), npm_config_nodedir: hostNode().root },
	});
	await writeFile(STAMP, stamp());
}
