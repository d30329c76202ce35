import { writeFileSync } from 'node:fs';
import Module from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into n8n before anything else. Writes to a file how long the Statuspage node blocked the event loop at most, in milliseconds.
 * Only the node is measured: what n8n does with thousands of items before and after it is not ours.
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
			// The monitor learns of the last step when the loop turns once more.
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
