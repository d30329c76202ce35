import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import qs from 'qs';
import { controlRoutes } from './control.mts';
import { DEFAULT_OPTIONS, type Options } from './options.mts';
import { scim } from './scim/service.mts';
import { addService } from './service.mts';
import { fresh } from './simulator.mts';
import { publicRoutes } from './statuspage/public.mts';
import { statuspage, withoutFormat } from './statuspage/service.mts';

export interface RunningSimulator {
	/** The base URL for a Statuspage credential. */
	url: string;
	/** The base URL for a SCIM credential, without the directory ID. */
	scimUrl: string;
	/** Changes at a reset with another seed. */
	directoryId: string;
	port: number;
	stop: () => Promise<void>;
}

export async function startSimulator(wanted: Partial<Options> = {}): Promise<RunningSimulator> {
	const simulator = fresh({ ...DEFAULT_OPTIONS, ...wanted });
	const app = Fastify({
		forceCloseConnections: true,
		bodyLimit: 16 * 2 ** 20,
		rewriteUrl: ({ url = '/' }) => withoutFormat(url),
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
		routerOptions: { querystringParser: (text) => qs.parse(text) as Record<string, unknown> },
	});
	await addService(app, simulator, statuspage);
	await addService(app, simulator, scim);
	controlRoutes(app, simulator);
	publicRoutes(app, simulator);

	await app.listen({ host: '127.0.0.1', port: simulator.options.port });
	const { port } = app.server.address() as AddressInfo;
	const origin = `http://127.0.0.1:${port}`;
	return {
		url: `${origin}/v1`,
		scimUrl: `${origin}/scim/directory`,
		directoryId: simulator.directory.id,
		port,
		async stop() {
			simulator.deliveries.stop();
			await app.close();
		},
	};
}
