import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NPM, ROOT } from '../scripts/host/install.mts';
import { mustRun } from '../scripts/host/processes.mts';
import { median } from './measure.mts';

const RUNS = 11;

/** Prints how many milliseconds it takes to load all nodes and credentials. n8n has loaded n8n-workflow before them. */
const SCRIPT = `
require('n8n-workflow');
const { nodes, credentials } = require('./package.json').n8n;
const since = performance.now();
for (const file of [...nodes, ...credentials]) require('./' + file);
console.log(performance.now() - since);
`;

export interface Loading {
	milliseconds: number;
	packedKilobytes: number;
	files: number;
}

/**
 * Measures how long all nodes and credentials of the built package take to load, and how large the packed package is.
 *
 * @param node the Node.js that runs n8n
 */
export async function measureLoading(node: string): Promise<Loading> {
	const times: number[] = [];
	for (let run = 0; run < RUNS; run++)
		times.push(Number(await mustRun('loading', node, ['-e', SCRIPT], { cwd: ROOT })));
	const [packed] = JSON.parse(
		await mustRun('packing', NPM, ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT }),
	) as [{ size: number; entryCount: number }];
	return { milliseconds: median(times), packedKilobytes: packed.size / 1000, files: packed.entryCount };
}

export async function packageVersion(): Promise<string> {
	return (JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}
