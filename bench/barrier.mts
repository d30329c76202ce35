import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Longer than eight n8n processes take to start on a slow machine. */
const TIMEOUT_MS = 240_000;

interface Waiting {
	response: ServerResponse;
	delay: number;
	timeout: NodeJS.Timeout;
}

/** Makes several n8n processes start a step at the same time. A gate responds as soon as all processes have called it. */
export class Barrier {
	#gates = new Map<string, Waiting[]>();

	private constructor(private readonly server: Server) {}

	static async start(): Promise<Barrier> {
		const server = createServer();
		const barrier = new Barrier(server);
		server.on('request', ({ url = '/' }, response) => barrier.#enter(new URL(url, 'http://localhost'), response));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		server.unref();
		return barrier;
	}

	/**
	 * @param size number of processes
	 * @param delay milliseconds that this process waits longer than the others
	 */
	url(name: string, size: number, delay = 0): string {
		const { port } = this.server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/${name}?size=${size}&delay=${delay}`;
	}

	#enter({ pathname, searchParams }: URL, response: ServerResponse): void {
		const waiting = this.#gates.get(pathname) ?? [];
		this.#gates.set(pathname, waiting);
		const timeout = setTimeout(() => response.writeHead(504).end(), TIMEOUT_MS).unref();
		waiting.push({ response, delay: Number(searchParams.get('delay')), timeout });
		if (waiting.length < Number(searchParams.get('size'))) return;
		this.#gates.delete(pathname);
		for (const { response: ready, delay, timeout: late } of waiting) {
			clearTimeout(late);
			setTimeout(() => ready.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'), delay);
		}
	}
}
