const TTY_INTERVAL_MS = 1_000;
const LINE_INTERVAL_MS = 15_000;

/** 65432 → `1:05` */
export function elapsed(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Shows what is going on and for how long: on a terminal in one line, in a log every 15 s. `detail` says how far it is. */
export async function progress<T>(title: string, work: () => Promise<T>, detail: () => string = () => ''): Promise<T> {
	const startedAt = performance.now();
	const { isTTY } = process.stdout;
	const show = (sign: string) => {
		const text = [`${sign} ${title}`, elapsed(performance.now() - startedAt), detail()].filter(Boolean).join('  ');
		process.stdout.write(isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
	};
	show('…');
	const timer = setInterval(() => show('…'), isTTY ? TTY_INTERVAL_MS : LINE_INTERVAL_MS);
	try {
		const result = await work();
		show('✓');
		return result;
	} catch (error) {
		show('✗');
		throw error;
	} finally {
		clearInterval(timer);
		if (isTTY) process.stdout.write('\n');
	}
}
