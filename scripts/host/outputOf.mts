import type { ChildProcess } from 'node:child_process';

/** Collects the output of a process. The result returns the last 200,000 characters. */
export function outputOf(child: ChildProcess): () => string {
	let text = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-200_000)));
	return () => text;
}
