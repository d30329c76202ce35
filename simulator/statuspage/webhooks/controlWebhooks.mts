import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../../simulator.mts';

interface Posted {
	endpoint: string;
	/** Sent as it is if it is a text, and as JSON otherwise. */
	body: unknown;
	contentType?: string;
}

/** Routes that list the posts to webhook subscribers, repeat one, and send any body. */
export function controlWebhooks(app: FastifyInstance, simulator: Simulator): void {
	app.get('/_simulator/webhooks', async () => simulator.deliveries.list);
	app.post<{ Body: Posted }>('/_simulator/webhooks', async ({ body: { endpoint, body, contentType } }) => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return await simulator.deliveries.post(endpoint, text, contentType);
	});
	app.post<{ Params: { n: string } }>('/_simulator/webhooks/:n/replay', async ({ params }, reply) => {
		const attempt = await simulator.deliveries.replay(Number(params.n));
		return attempt ?? (await reply.code(404).send({ error: 'There is no such delivery' }));
	});
}
