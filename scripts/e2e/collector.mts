import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Receives items that workflows send, in their order. */
export interface Collector {
	url: string;
	/** The items of a workflow so far. */
	itemsOf: (workflow: string) => Array<Record<string, unknown>>;
	stop: () => Promise<void>;
}

/** Workflows send each item to `<url>/<workflow>`. */
export async function startCollector(): Promise<Collector> {
	const items: Array<{ workflow: string; item: Record<string, unknown> }> = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			items.push({ workflow: (request.url ?? '').slice(1), item: JSON.parse(body) as Record<string, unknown> });
			response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		itemsOf: (wanted) => items.filter(({ workflow }) => workflow === wanted).map(({ item }) => item),
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
