import { channel } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import Module from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Preloaded into n8n. Measures the execution of the Statuspage node, and writes the results to a file. n8n's own work on the items,
 * before and after the node runs, is not measured.
 */
const file = process.env.LOOP_MONITOR_FILE;

/** Milliseconds between two looks at the event loop. */
const RESOLUTION_MS = 5;
/** Time in which the timer of the histogram runs for certain. */
const SETTLED_MS = 4 * RESOLUTION_MS;

/** What happened inside n8n while the node was executed. */
export interface NodeUsage {
	/** The longest time that the node blocked the event loop, in milliseconds. */
	blockedMs: number;
	/** CPU time of the whole process while the node was executed. */
	nodeCpuSeconds: number;
	/** Requests that the node has tried to send, also those that never reached the service. */
	tries: number;
}

type Execute = (this: unknown) => Promise<unknown>;
interface Loader {
	_load: (this: unknown, request: string, ...others: unknown[]) => unknown;
}

const loader = Module as unknown as Loader;
const load = loader._load;

let tries = 0;
channel('http.client.request.start').subscribe(() => tries++);

async function settled(): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
}

function watch(node: { execute: Execute }): void {
	const { execute } = node;
	node.execute = async function () {
		const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
		delay.enable();
		// The histogram measures from one run of its timer to the next. Without a first run, it would miss the first block.
		await settled();
		const before = { cpu: process.cpuUsage(), tries };
		try {
			return await execute.call(this);
		} finally {
			const { user, system } = process.cpuUsage(before.cpu);
			// The last block is recorded in the next turn of the event loop.
			await settled();
			delay.disable();
			const usage: NodeUsage = {
				blockedMs: Math.round(delay.max / 1e6),
				nodeCpuSeconds: (user + system) / 1e6,
				tries: tries - before.tries,
			};
			if (file) writeFileSync(file, JSON.stringify(usage));
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
