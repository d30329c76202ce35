import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NODE_FOLDER, NODE_MAJOR, NODE_VERSION } from './folder.mts';
import { npm } from './npm.mts';

export interface HostNode {
	/** The folder that has to stand first on PATH. */
	bin: string;
	/** The folder whose include/ has Node's headers. */
	root: string;
}

/** The npm package that carries Node for a machine. Other systems than Linux get it under a range: not every release is there. */
export function nodePackage(platform: NodeJS.Platform, arch: string): { name: string; range: string } {
	const system = platform === 'win32' ? 'win' : platform;
	return { name: `node-${system}-${arch}`, range: platform === 'linux' ? NODE_VERSION : String(NODE_MAJOR) };
}

export function isNewEnough(version: string): boolean {
	return Number(version.split('.')[0]) >= NODE_MAJOR;
}

/** The Node that runs this when it is new enough for n8n, otherwise one of its own in the host folder. */
export function hostNode(): HostNode {
	if (isNewEnough(process.versions.node)) {
		const bin = dirname(process.execPath);
		return { bin, root: dirname(bin) };
	}
	const root = join(NODE_FOLDER, 'node_modules', nodePackage(process.platform, process.arch).name);
	return { bin: join(root, 'bin'), root };
}

/** Brings the Node that n8n needs, where it is not there yet. */
export async function bringNode(): Promise<void> {
	if (existsSync(hostNode().bin)) return;
	const { name, range } = nodePackage(process.platform, process.arch);
	await mkdir(NODE_FOLDER, { recursive: true });
	await writeFile(join(NODE_FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: range } }));
	await npm(['install', '--ignore-scripts'], NODE_FOLDER, { title: `Bringing Node ${NODE_MAJOR} for n8n`, log: 'install-node' });
}
