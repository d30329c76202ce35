import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { elapsed, say } from './screen.mts';

/** What this script started and has not seen end. */
const running = new Set<ChildProcess>();

function end(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null) return;
	try {
		// The whole group: npm and n8n start processes of their own.
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// It ended meanwhile.
	}
}

/** Ends every process that was started here; waits at most five seconds before it insists. */
export async function endAll(): Promise<void> {
	const children = [...running];
	for (const child of children) end(child, 'SIGTERM');
	const patience = new Promise((resolve) => setTimeout(resolve, 5000).unref());
	await Promise.race([
		Promise.all(children.map(async (child) => child.exitCode ?? (await once(child, 'exit')))),
		patience,
	]);
	for (const child of children) end(child, 'SIGKILL');
}

process.once('exit', () => {
	for (const child of running) end(child, 'SIGKILL');
});

/** Starts a process in a group of its own, so that nothing of it outlives this script. */
export function start(command: string, args: string[], options: SpawnOptions): ChildProcess {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	running.add(child);
	child.once('exit', () => running.delete(child));
	return child;
}

export interface Output {
	code: number | null;
	stdout: string;
	stderr: string;
}

/**
 * Runs a process to its end, and says every few seconds that it goes on.
 *
 * @param stdoutFile where its output goes instead: a process that exits in the middle of a long output loses what a pipe has not taken
 * @param onStart gets the ID of the process
 */
export async function run(
	label: string,
	command: string,
	args: string[],
	options: SpawnOptions,
	{ stdoutFile, onStart }: { stdoutFile?: number; onStart?: (pid: number | undefined) => void } = {},
): Promise<Output> {
	const since = performance.now();
	const child = start(command, args, { ...options, stdio: ['ignore', stdoutFile ?? 'pipe', 'pipe'] });
	onStart?.(child.pid);
	const output: Output = { code: null, stdout: '', stderr: '' };
	child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
	const progress = setInterval(() => say(`  … ${label}, ${elapsed(since)}`), process.stdout.isTTY ? 5000 : 15_000);
	try {
		const [code] = (await Promise.race([
			once(child, 'close'),
			once(child, 'error').then(([error]) => Promise.reject(error as Error)),
		])) as [number | null];
		return { ...output, code };
	} catch (error) {
		throw (error as NodeJS.ErrnoException).code === 'ENOENT'
			? new Error(`'${command}' was not found. Install it and start again.`)
			: error;
	} finally {
		clearInterval(progress);
	}
}

/** The same, for a process that must succeed. */
export async function mustRun(label: string, command: string, args: string[], options: SpawnOptions): Promise<string> {
	const { code, stdout, stderr } = await run(label, command, args, options);
	if (code === 0) return stdout;
	const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
	throw new Error(`${label}: '${command} ${args.slice(0, 3).join(' ')}' ended with code ${code}.\n${tail}`);
}
