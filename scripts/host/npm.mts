import { run } from './children.mts';
import { progress } from './progress.mts';

/** Runs npm in a folder with its own package.json, whatever npm started this process with. */
export async function npm(
	args: string[],
	cwd: string,
	{ title, log, env = process.env }: { title: string; log: string; env?: NodeJS.ProcessEnv },
): Promise<void> {
	const all = [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=warn'];
	const file = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	await progress(title, async () => await run({ file, args: all, cwd, env, log }, `"npm ${args.join(' ')}"`));
}
