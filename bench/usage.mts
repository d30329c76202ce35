import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a process took of the machine. Linux tells; elsewhere both stay 0, and the table shows none. */
export interface Usage {
	cpuSeconds: number;
	peakMegabytes: number;
}

/** Clock ticks a second: what Linux answers with on every architecture that Node runs on. */
const TICKS = 100;

async function read(pid: number): Promise<Usage | undefined> {
	try {
		const [stat, status] = await Promise.all([
			readFile(`/proc/${pid}/stat`, 'utf8'),
			readFile(`/proc/${pid}/status`, 'utf8'),
		]);
		// The name of the process, in brackets, may hold spaces.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const peak = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
		if (peak === undefined) return undefined;
		return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS, peakMegabytes: Number(peak) / 1024 };
	} catch {
		return undefined;
	}
}

/** Watches a process until it ends. Both numbers only grow, so that the last ones before its end are near enough. */
export async function usageOf(pid: number | undefined): Promise<Usage> {
	let last: Usage = { cpuSeconds: 0, peakMegabytes: 0 };
	for (;;) {
		const now = pid === undefined ? undefined : await read(pid);
		if (!now) return last;
		last = now;
		await sleep(50);
	}
}
