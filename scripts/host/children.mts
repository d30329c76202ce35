import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LOGS } from './folder.mts';
import { Sentence } from './sentence.mts';

const PATIENCE_MS = 5_000;
const TAIL_LINES = 12;

const running = new Set<ChildProcess>();

export interface Command {
	file: string;
	args: string[];
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Name of the log that keeps what it prints. */
	log: string;
}

export interface Finished {
	code: number | null;
	stdout: string;
	logFile: string;
}

/** Starts a command at the head of a process group of its own, so that its own children can be ended with it. */
export function start({ file, args, cwd, env, log }: Command): { child: ChildProcess; logFile: string } {
	mkdirSync(LOGS, { recursive: true });
	const logFile = join(LOGS, `${log}.log`);
	const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
	const output = createWriteStream(logFile);
	child.stdout?.pipe(output, { end: false });
	child.stderr?.pipe(output, { end: false });
	running.add(child);
	child.once('close', () => {
		running.delete(child);
		output.end();
	});
	return { child, logFile };
}

/** Runs a command to its end, whatever its exit code. */
export async function finish(command: Command): Promise<Finished> {
	const { child, logFile } = start(command);
	const chunks: Buffer[] = [];
	child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, stdout: Buffer.concat(chunks).toString(), logFile };
}

export function tail(text: string): string {
	return text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
	try {
		process.kill(-(child.pid as number), name);
	} catch {
		// The group is gone already.
	}
}

/** Ends a child and all that it started. */
export async function end(child: ChildProcess): Promise<void> {
	if (child.pid === undefined || !running.has(child)) return;
	const closed = once(child, 'close');
	signal(child, 'SIGTERM');
	const timer = setTimeout(() => signal(child, 'SIGKILL'), PATIENCE_MS);
	await closed;
	clearTimeout(timer);
	// What the child left behind in its group.
	signal(child, 'SIGKILL');
}

export async function endAll(): Promise<void> {
	await Promise.all([...running].map(end));
}

/** Ctrl-C, a closed terminal and a plain kill leave no process and nothing of `clean` behind. */
export function endWithSignals(clean: () => Promise<void>): void {
	let isEnding = false;
	for (const [name, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]] as const) {
		process.on(name, () => {
			if (isEnding) return;
			isEnding = true;
			void endAll().then(clean).finally(() => process.exit(128 + number));
		});
	}
}

/** @throws Sentence when it cannot be started or fails; it ends with the command's last lines */
export async function run(command: Command, what: string): Promise<string> {
	const result = await finish(command).catch((error: NodeJS.ErrnoException) => {
		throw new Sentence(`${what} could not be started: ${error.code === 'ENOENT' ? `${command.file} was not found` : error.message}`);
	});
	if (result.code !== 0) {
		const { readFile } = await import('node:fs/promises');
		throw new Sentence(`${what} did not succeed (exit code ${result.code}). Its last lines, all of them in ${result.logFile}:\n${tail(await readFile(result.logFile, 'utf8'))}`);
	}
	return result.stdout;
}
