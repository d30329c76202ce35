import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** CPU time and memory of a process. Only available on Linux; both are 0 on other systems and omitted from the table. */
export interface Usage {
	cpuSeconds: number;
	peakMegabytes: number;
}

/** Clock ticks per second. The value is the same on all architectures that Node.js supports. */
const TICKS = 100;

async function read(pid: number): Promise<Usage | undefined> {
	try {
		const [stat, status] = await Promise.all([
			readFile(`/proc/${pid}/stat`, 'utf8'),
			readFile(`/proc/${pid}/status`, 'utf8'),
		]);
		// The process name, in brackets, may contain spaces.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const peak = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
		if (peak === undefined) return undefined;
		return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS, peakMegabytes: Number(peak) / 1024 };
	} catch {
		return undefined;
	}
}

/** Polls a process until it ends. Both numbers only grow, so the last ones read are close enough. */
export async function usageOf(pid: number | undefined): Promise<Usage> {
	let last: Usage = { cpuSeconds: 0, peakMegabytes: 0 };
	for (;;) {
		const now = pid === undefined ? undefined : await read(pid);
		if (!now) return last;
		last = now;
		await sleep(50);
	}
}
