import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { requireCommand } from './commands.mts';
import { outputOf } from './outputOf.mts';
import { start } from './processes.mts';
import { waitUntilReady } from './waitUntilReady.mts';

async function answersPing(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		socket.write('PING\r\n');
		const [answer] = (await once(socket, 'data')) as [Buffer];
		return answer.toString().startsWith('+PONG');
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

/** Starts Redis on the loopback address. It keeps everything in memory only. */
export async function startRedis(parent: string, port: number): Promise<void> {
	const folder = join(parent, 'redis');
	await mkdir(folder);
	const options = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
	const child = start(
		requireCommand('redis-server'),
		Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
		{ cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	await waitUntilReady('Redis', child, async () => await answersPing(port), outputOf(child));
}
