import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NPM, ROOT } from './host/install.mts';
import { say } from './host/screen.mts';

/**
 * n8n verifies packages for one service only. This script removes the two lines of Atlassian SCIM from package.json in a copy of the
 * project, and then runs the build, lint, scan and all tests except those of that node.
 */
const folder = mkdtempSync(join(tmpdir(), 'without-scim-'));

function copyProject(): void {
	const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
		.toString()
		.trim()
		.split('\n');
	for (const file of files) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		cpSync(join(ROOT, file), join(folder, file));
	}
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
}

function removeScimLines(): void {
	const path = join(folder, 'package.json');
	const lines = readFileSync(path, 'utf8').split('\n');
	const kept = lines.filter((line) => !/"dist\/(credentials|nodes)\/AtlassianScim/.test(line));
	if (lines.length - kept.length !== 2)
		throw new Error(`${lines.length - kept.length} lines of package.json mention Atlassian SCIM instead of two`);
	writeFileSync(path, kept.join('\n'));
}

function run(...args: string[]): void {
	say(`\nWithout Atlassian SCIM: npm ${args.join(' ')}`);
	execFileSync(NPM, args, { cwd: folder, stdio: 'inherit' });
}

try {
	copyProject();
	removeScimLines();
	run('run', 'build');
	run('run', 'lint');
	run('run', 'scan');
	run('test', '--', '--testPathIgnorePatterns', 'test/AtlassianScim');
} finally {
	rmSync(folder, { recursive: true });
}
