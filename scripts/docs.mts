import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Resource } from '../nodes/Statuspage/actions/operation.ts';
import type { Endpoint } from '../nodes/Statuspage/api/endpoints.ts';
import { ROOT } from './host/install.mts';

const README = join(ROOT, 'README.md');
const MARKS = /(<!-- operations:start -->\n)[\s\S]*(<!-- operations:end -->)/;

const { check } = new Command('npm run docs --')
	.description('Writes the table of operations in the README from the code.')
	.option('--check', 'only say whether it is up to date', false)
	.parse()
	.opts<{ check: boolean }>();

// The nodes are CommonJS, and read as they are built.
const built = createRequire(join(ROOT, 'dist', 'index.js'));
const { resources } = built('./nodes/Statuspage/actions/index.js') as { resources: Resource[] };
const { endpoints } = built('./nodes/Statuspage/api/endpoints.js') as { endpoints: Record<string, Endpoint> };

function calls(uses: readonly string[]): string {
	const rows = uses.map((name) => endpoints[name]).filter((row) => row !== undefined);
	return rows.map(({ method, path }) => `\`${method} ${path.replace(/^\/pages\/\{pageId\}(?=\/)/, '…').replace(/^\/organizations\/\{organizationId\}/, '…')}\``).join('<br>');
}

function section({ name, value, description, operations }: Resource): string {
	const rows = operations.map((operation) => `| **${operation.name}** \`${operation.value}\` | ${operation.description} | ${calls(operation.uses)} |`);
	return `### ${name} (\`${value}\`)\n\n${description}.\n\n| operation | what it does | API operations that it may use |\n|---|---|---|\n${rows.join('\n')}\n`;
}

const before = await readFile(README, 'utf8');
if (!MARKS.test(before)) throw new Error('README.md has lost the marks of the operations table');
const after = before.replace(MARKS, (_, start: string, end: string) => `${start}\n${resources.map(section).join('\n')}\n${end}`);
if (check && after !== before) {
	console.error("The operations table in README.md is out of date: run 'npm run docs'");
	process.exitCode = 1;
} else if (!check) {
	await writeFile(README, after);
}
