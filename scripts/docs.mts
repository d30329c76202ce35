import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { require } from 'tsx/cjs/api';
import type { Resource } from '../nodes/shared/operations/operation.ts';
import type { usesOf as UsesOf } from '../nodes/shared/operations/uses.ts';
import type { Endpoint } from '../nodes/shared/client/endpoint.ts';
import { ROOT } from './host/install.mts';

const { check } = new Command('npm run docs --')
	.description('Writes the tables of operations in README.md and docs/operations.md from the code.')
	.option('--check', 'only check whether they are up to date', false)
	.parse()
	.opts<{ check: boolean }>();

/** A node of the package, as the documentation names it. */
interface DocumentedNode {
	name: string;
	folder: string;
	service: string;
	/** The start that nearly all paths share. */
	shortened: RegExp;
}

const NODES: DocumentedNode[] = [
	{
		name: 'Statuspage',
		folder: 'Statuspage',
		service: 'statuspage',
		shortened: /^(\/pages\/\{pageId\}|\/organizations\/\{organizationId\})(?=\/)/,
	},
	{ name: 'Atlassian SCIM', folder: 'AtlassianScim', service: 'scim', shortened: /^$/ },
];

// The nodes are CommonJS.
const load = (path: string) => require(`../nodes/${path}`, import.meta.url) as unknown;
const { usesOf } = load('shared/operations/uses.ts') as { usesOf: typeof UsesOf };
const resourcesOf = ({ folder }: DocumentedNode) =>
	(load(`${folder}/actions/index.ts`) as { resources: Resource[] }).resources;

/** Resources and the names of their operations. */
function shortTable(node: DocumentedNode): string {
	const rows = resourcesOf(node).map(
		({ name, operations }) => `| ${name} | ${operations.map((operation) => operation.name).join(', ')} |`,
	);
	return `| ${node.name} node | operations |\n|---|---|\n${rows.join('\n')}\n`;
}

type Operation = Resource['operations'][number];

/** Each operation with its description, its effects and its API calls. */
function fullTables(node: DocumentedNode): string {
	const { endpoints } = load(`services/${node.service}/endpoints`) as { endpoints: Record<string, Endpoint> };
	const call = ({ method, path }: Endpoint) => `\`${method} ${path.replace(node.shortened, '…')}\``;
	const calls = (uses: readonly string[]) =>
		uses
			.flatMap((use) => endpoints[use] ?? [])
			.map(call)
			.join('<br>');
	const text = ({ description, effects }: Operation) =>
		effects ? `${description.replace(/\.$/, '')}. ${effects}` : description;
	const section = ({ name, value, description, operations }: Resource) => {
		const rows = operations.map(
			(operation) =>
				`| **${operation.name}** \`${operation.value}\` | ${text(operation)} | ${calls(usesOf(operation, endpoints))} |`,
		);
		return `### ${name} (\`${value}\`)\n\n${description.replace(/\.$/, '')}.\n\n| operation | description | API calls that it may use |\n|---|---|---|\n${rows.join('\n')}\n`;
	};
	return `## ${node.name} node\n\n${resourcesOf(node).map(section).join('\n')}`;
}

const TABLES = [
	{ file: 'README.md', write: shortTable },
	{ file: 'docs/operations.md', write: fullTables },
];
const MARKS = /(<!-- operations:start -->\n)[\s\S]*(<!-- operations:end -->)/;

for (const { file, write } of TABLES) {
	const path = join(ROOT, file);
	const before = await readFile(path, 'utf8');
	if (!MARKS.test(before)) throw new Error(`${file} has no marks for its table of operations`);
	const after = before.replace(
		MARKS,
		(_, start: string, end: string) => `${start}\n${NODES.map(write).join('\n')}\n${end}`,
	);
	if (after === before) continue;
	if (check) {
		console.error(`The table of operations in ${file} is out of date. Run 'npm run docs'.`);
		process.exitCode = 1;
	} else {
		await writeFile(path, after);
	}
}
