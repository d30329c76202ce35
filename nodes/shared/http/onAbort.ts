interface Callbacks {
	all: Set<() => void>;
	listener: () => void;
}

/** One listener per signal. Adding and removing a listener takes longer the more of them a signal has. */
const callbacks = new WeakMap<AbortSignal, Callbacks>();

function callbacksOf(signal: AbortSignal): Callbacks {
	const known = callbacks.get(signal);
	if (known) return known;
	const all = new Set<() => void>();
	const listener = () => [...all].forEach((callback) => callback());
	callbacks.set(signal, { all, listener });
	signal.addEventListener('abort', listener, { once: true });
	return { all, listener };
}

/**
 * Calls back when the signal fires, or at once if it has fired.
 *
 * @returns a function that prevents it
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
	if (!signal) return () => {};
	if (signal.aborted) {
		callback();
		return () => {};
	}
	const { all, listener } = callbacksOf(signal);
	const own = () => callback();
	all.add(own);
	return () => {
		if (!all.delete(own) || all.size > 0) return;
		signal.removeEventListener('abort', listener);
		callbacks.delete(signal);
	};
}
