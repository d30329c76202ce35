import type { FastifyInstance } from 'fastify';
import { parseFault } from './faults.mts';
import { DEFAULT_OPTIONS, type Options } from './options.mts';
import { Problem } from './service.mts';
import { fresh, type Simulator } from './simulator.mts';
import { controlWebhooks } from './statuspage/webhooks/controlWebhooks.mts';

/** JSON replacer that converts sets to lists and maps to objects. */
function toPlain(_: string, value: unknown): unknown {
	if (value instanceof Set) return [...value];
	if (value instanceof Map) return Object.fromEntries(value);
	return value;
}

/** Rejects unknown options, because a test with a misspelled option would test something else. */
function parseOptions(value: unknown): Partial<Options> {
	const options = (value ?? {}) as Partial<Options>;
	const unknown = Object.keys(options).filter((name) => !(name in DEFAULT_OPTIONS));
	if (unknown.length > 0) throw new Problem(`there is no option ${unknown.join(', ')}`);
	return options;
}

/** Routes that read and control the simulator. They need no key and don't count toward the rate limit. */
export function controlRoutes(app: FastifyInstance, simulator: Simulator): void {
	const problems = () => [...simulator.log, ...simulator.publicLog].filter(({ problem }) => problem !== undefined);

	app.get('/_simulator/log', async () => simulator.log);
	app.delete('/_simulator/log', async (_, reply) => {
		simulator.log.length = 0;
		simulator.publicLog.length = 0;
		await reply.code(204).send();
	});
	app.get('/_simulator/problems', async () => problems());
	app.get('/_simulator/stats', async () => ({
		requests: simulator.log.length,
		rejections: simulator.log.filter(({ isRejected }) => isRejected).length,
		faults: simulator.faults.count,
		problems: problems().length,
		maxInWindow: Math.max(...Object.values(simulator.rateLimits).map(({ maxInWindow }) => maxInWindow)),
	}));
	app.get('/_simulator/state', async (_, reply) => {
		await reply
			.type('application/json')
			.send(JSON.stringify({ ...simulator.state, directory: simulator.directory }, toPlain));
	});
	app.post('/_simulator/faults', async (request, reply) => {
		simulator.faults.add(parseFault(request.body));
		await reply.code(201).send({});
	});
	app.delete('/_simulator/faults', async (_, reply) => {
		simulator.faults.clear();
		await reply.code(204).send();
	});
	app.patch('/_simulator/options', async (request) => Object.assign(simulator.options, parseOptions(request.body)));
	/** Resets pages and directory. Options in the body are changed first. */
	app.post('/_simulator/reset', async (request) => {
		simulator.deliveries.stop();
		Object.assign(simulator, fresh({ ...simulator.options, ...parseOptions(request.body) }));
		return simulator.options;
	});
	controlWebhooks(app, simulator);
}
