// Plain JavaScript without dependencies, because this script runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major, minor] = process.versions.node.split('.').map(Number);

function stop(message) {
	console.error(message);
	process.exit(1);
}

if (major < 20 || (major === 20 && minor < 19))
	stop(`Node.js 20.19 or newer is required. The current version is ${process.versions.node}.`);

/** npm writes this file at the end of an installation. */
const installed = join(root, 'node_modules', '.package-lock.json');
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs) {
	console.log('Installing the development tools (about one minute) …');
	const { status, error } = spawnSync('npm', ['ci'], {
		cwd: root,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0)
		stop(
			`'npm ci' failed${error ? ` (${error.message})` : ''}. See the output above, and check the connection to the package registry.`,
		);
}

const { register } = await import('tsx/esm/api');
register();
await import('./start/main.mts');
