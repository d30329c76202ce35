import type { Connection } from './connection';
import { Cancelled } from './failures';
import { onAbort } from './onAbort';

export interface RequestEnd {
	/** Fires at the end, and closes the connection. */
	signal: AbortSignal;
	/** Rejects at the end. */
	reached: Promise<never>;
	/** The request was answered before. */
	prevent: () => void;
}

/** The end of a request that is still not answered: its time limit, even if the answer arrives byte by byte, or the cancellation. */
export function requestEnd({
	clock,
	signal,
	timeoutMs,
}: Pick<Connection, 'clock' | 'signal' | 'timeoutMs'>): RequestEnd {
	const controller = new AbortController();
	let prevent = () => {};
	const reached = new Promise<never>((_, reject) => {
		const end = (reason: Error) => {
			reject(reason);
			controller.abort();
		};
		const stops = [
			onAbort(signal, () => end(new Cancelled())),
			clock.after(timeoutMs, () => end(Object.assign(new Error('Too slow'), { code: 'ETIMEDOUT' }))),
		];
		prevent = () => stops.forEach((stop) => stop());
	});
	return { signal: controller.signal, reached, prevent };
}
