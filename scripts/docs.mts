import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { require } from 'tsx/cjs/api';
import type { Resource } from '../nodes/shared/operations/operation.ts';
import type { usesOf as UsesOf } from '../nodes/shared/operations/uses.ts';
import type { Endpoint } from '../nodes/shared/client/endpoint.ts';
import { ROOT } from './host/install.mts';

const README = join(ROOT, 'README.md');
const MARKS = /(<!-- operations:start -->\n)[\s\S]*(<!-- operations:end -->)/;

const { check } = new Command('npm run docs --')
	.description('Writes the table of operations in the README from the code.')
	.option('--check', 'only say whether it is up to date', false)
	.parse()
	.opts<{ check: boolean }>();

/** A node of the package, as the README names it. */
interface DocumentedNode {
	name: string;
	folder: string;
	service: string;
	/** The start of a path that stands in nearly every row. */
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

function tables({ name, folder, service, shortened }: DocumentedNode): string {
	const { resources } = load(`${folder}/actions/index.ts`) as { resources: Resource[] };
	const { endpoints } = load(`services/${service}/endpoints`) as { endpoints: Record<string, Endpoint> };
	const call = ({ method, path }: Endpoint) => `\`${method} ${path.replace(shortened, '…')}\``;
	const calls = (uses: readonly string[]) =>
		uses
			.flatMap((use) => endpoints[use] ?? [])
			.map(call)
			.join('<br>');
	const section = ({ name: resource, value, description, operations }: Resource) => {
		const rows = operations.map(
			(operation) =>
				`| **${operation.name}** \`${operation.value}\` | ${operation.description} | ${calls(usesOf(operation, endpoints))} |`,
		);
		return `#### ${resource} (\`${value}\`)\n\n${description.replace(/\.$/, '')}.\n\n| operation | what it does | API operations that it may use |\n|---|---|---|\n${rows.join('\n')}\n`;
	};
	return `### ${name} node\n\n${resources.map(section).join('\n')}`;
}

const before = await readFile(README, 'utf8');
if (!MARKS.test(before)) throw new Error('README.md has lost the marks of the operations table');
const after = before.replace(
	MARKS,
	(_, start: string, end: string) => `${start}\n${NODES.map(tables).join('\n')}\n${end}`,
);
if (check && after !== before) {
	console.error("The operations table in README.md is out of date: run 'npm run docs'");
	process.exitCode = 1;
} else if (!check) {
	await writeFile(README, after);
}
