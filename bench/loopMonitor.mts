import { writeFileSync } from 'node:fs';
import Module from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Preloaded into n8n. Writes the longest time that the Statuspage node blocked the event loop to a file, in milliseconds. n8n's own
 * work on the items, before and after the node runs, is not measured.
 */
const file = process.env.LOOP_MONITOR_FILE;

type Execute = (this: unknown) => Promise<unknown>;
interface Loader {
	_load: (this: unknown, request: string, ...others: unknown[]) => unknown;
}

const loader = Module as unknown as Loader;
const load = loader._load;

function watch(node: { execute: Execute }): void {
	const { execute } = node;
	node.execute = async function () {
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		try {
			return await execute.call(this);
		} finally {
			// The monitor records the last block in the next turn of the event loop.
			await new Promise((resolve) => setTimeout(resolve, 20));
			delay.disable();
			if (file) writeFileSync(file, String(Math.round(delay.max / 1e6)));
		}
	};
}

const watched = new Set<object>();
loader._load = function (request, ...others) {
	const loaded = load.call(this, request, ...others) as { Statuspage?: { prototype: { execute: Execute } } };
	if (
		typeof request === 'string' &&
		request.endsWith('Statuspage.node.js') &&
		loaded.Statuspage &&
		!watched.has(loaded)
	) {
		watched.add(loaded);
		watch(loaded.Statuspage.prototype);
	}
	return loaded;
};
