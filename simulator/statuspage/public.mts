import type { FastifyInstance } from 'fastify';
import { Problem } from '../service.mts';
import type { Simulator } from '../simulator.mts';

/**
 * The public status endpoint of each page, which needs no key and has no rate limit. Private and audience-specific pages require a
 * login. It isn't documented how they respond without one.
 */
export function publicRoutes(app: FastifyInstance, simulator: Simulator): void {
	app.get<{ Params: { subdomain: string } }>('/public/:subdomain/api/v2/status.json', async (request, reply) => {
		if (request.headers.authorization !== undefined) throw new Problem('a key was sent to a public page');
		const pages = [...simulator.state.pages.values()];
		const index = pages.findIndex(({ row }) => row.subdomain === request.params.subdomain);
		const row = pages[index]?.row;
		if (!row) return await reply.code(404).send({ error: 'Not found' });
		const isOpen = index === 0 ? simulator.options.audience !== 'specific' : index === 1;
		if (!isOpen) return await reply.code(302).header('location', '/access/login').send('');
		return {
			page: { id: row.id, name: row.name, url: row.url, time_zone: row.time_zone, updated_at: row.updated_at },
			status: { indicator: 'none', description: 'All Systems Operational' },
		};
	});
}
