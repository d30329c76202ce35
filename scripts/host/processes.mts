import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { elapsed, say } from './screen.mts';

/** Child processes that are still running, with the signal that ends them properly. */
const running = new Map<ChildProcess, NodeJS.Signals>();

/** Sends a signal to a process and its child processes, if it is still running. */
export function end(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	try {
		// Signals the whole process group, because npm and n8n start child processes.
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// The process has already ended.
	}
}

/** Terminates all child processes, and kills those that are still running after five seconds. */
export async function endAll(): Promise<void> {
	const children = [...running.keys()];
	for (const [child, signal] of running) end(child, signal);
	const timeout = new Promise((resolve) => setTimeout(resolve, 5000).unref());
	await Promise.race([
		Promise.all(children.map(async (child) => child.exitCode ?? (await once(child, 'exit')))),
		timeout,
	]);
	for (const child of children) end(child, 'SIGKILL');
}

process.once('exit', () => {
	for (const child of running.keys()) end(child, 'SIGKILL');
});

/** Starts a process in its own process group, so its child processes end with this script too. */
export function start(
	command: string,
	args: string[],
	options: SpawnOptions,
	endSignal: NodeJS.Signals = 'SIGTERM',
): ChildProcess {
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	running.set(child, endSignal);
	child.once('exit', () => running.delete(child));
	return child;
}

export interface Output {
	code: number | null;
	stdout: string;
	stderr: string;
}

/**
 * Runs a process until it ends, and prints its progress every few seconds.
 *
 * @param stdoutFile file descriptor for standard output. A pipe can lose part of a long output when the process exits.
 * @param onStart receives the process ID
 * @throws if the command is not found
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
			? new Error(`'${command}' was not found. Install it and try again.`)
			: error;
	} finally {
		clearInterval(progress);
	}
}

/**
 * Runs a process and returns its standard output.
 *
 * @throws with the last lines of its output if the exit code isn't 0
 */
export async function mustRun(label: string, command: string, args: string[], options: SpawnOptions): Promise<string> {
	const { code, stdout, stderr } = await run(label, command, args, options);
	if (code === 0) return stdout;
	const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
	throw new Error(`${label}: '${command} ${args.slice(0, 3).join(' ')}' exited with code ${code}.\n${tail}`);
}
