/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', 'nodes');
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const CLIENT = ['shared/client', 'shared/http'];
const OPERATIONS = ['shared/operations', 'shared/fields', ...CLIENT];

/** What each room may import besides itself. Imports run one way: node, its actions, services, shared. No service imports another. */
const MAY_IMPORT: Record<string, string[]> = {
	Statuspage: ['Statuspage/actions', 'services/statuspage', 'shared/operations'],
	'Statuspage/actions': ['services/statuspage', ...OPERATIONS],
	AtlassianScim: ['AtlassianScim/actions', 'services/scim', 'shared/operations'],
	'AtlassianScim/actions': ['services/scim', ...OPERATIONS],
	'services/statuspage': OPERATIONS,
	'services/scim': OPERATIONS,
	'shared/fields': ['shared/operations', ...CLIENT],
	'shared/operations': ['shared/fields', ...CLIENT],
	'shared/client': ['shared/http'],
	'shared/http': [],
};

function importsOf(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	return [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
}

const roomOf = (file: string) => file.split('/').slice(0, -1).slice(0, 2).join('/');

test.each(files)('%s imports from its own room or from below', (file) => {
	const room = roomOf(file);
	expect(MAY_IMPORT).toHaveProperty([room]);
	for (const name of importsOf(file).filter((entry) => entry.startsWith('.'))) {
		const target = resolve(ROOT, dirname(file), name);
		const isFolder = files.includes(`${relative(ROOT, target)}/index.ts`);
		expect([room, ...MAY_IMPORT[room]]).toContain(roomOf(`${relative(ROOT, target)}${isFolder ? '/index' : ''}.ts`));
	}
});

test('plans know no n8n, and nothing needs a package at run time', () => {
	for (const file of files) {
		const outside = importsOf(file).filter((name) => !name.startsWith('.'));
		expect([file, outside]).toEqual([
			file,
			outside.filter(
				(name) => name === 'crypto' || (name === 'n8n-workflow' && !file.startsWith('services/statuspage/plans/')),
			),
		]);
	}
});

test('what is shared names neither service', () => {
	const naming = files.filter(
		(file) =>
			file.startsWith('shared/') &&
			/(?<!n8n-nodes-)statuspage|atlassian|scim/i.test(readFileSync(join(ROOT, file), 'utf8')),
	);
	expect(naming).toEqual([]);
});
