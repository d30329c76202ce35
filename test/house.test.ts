/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', 'nodes');
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** From top to bottom: a floor knows those below it, and none above. */
const FLOORS = ['Statuspage', 'Statuspage/methods', 'Statuspage/actions', 'Statuspage/access', 'Statuspage/api', 'shared/transport'];

function importsOf(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	return [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
}

const floorOf = (file: string) => FLOORS.reduce((found, floor, index) => (file.startsWith(`${floor}/`) ? index : found), -1);

test.each(files)('%s imports from its own floor or from below', (file) => {
	for (const name of importsOf(file).filter((entry) => entry.startsWith('.'))) {
		const target = relative(ROOT, resolve(ROOT, dirname(file), name));
		if (target.startsWith('..')) continue;
		expect([target, floorOf(`${target}.ts`)]).toEqual([target, expect.any(Number)]);
		expect(floorOf(`${target}.ts`)).toBeGreaterThanOrEqual(floorOf(file));
	}
});

test('plans know no n8n, and nothing needs a package at run time', () => {
	for (const file of files) {
		const outside = importsOf(file).filter((name) => !name.startsWith('.'));
		expect([file, outside]).toEqual([file, outside.filter((name) => name === 'crypto' || (name === 'n8n-workflow' && !file.startsWith('Statuspage/access/')))]);
	}
});
