/**
 * A fault to inject. The request is not processed for `status`, `redirect` and `resetBefore`, and for `hang` and `html` without `after`.
 * `status`: an error response. `resetBefore` / `resetAfter`: the connection is closed before or after the request is processed.
 * `hang`: no response. `html`: the HTML page of a proxy. `cut`: the connection is closed after half of the body.
 * `redirect`: a redirect to `location`. `body`: another body, sent as text if it is a string, and as JSON otherwise. `fields`: the usual
 * body, or each row of its list, without the fields in `drop` and with those in `set`. `gone`: the simulator closes all connections and
 * does not listen for `forMs`, so requests in flight get no response, and others are refused.
 */
export interface Fault {
	kind: 'status' | 'resetBefore' | 'resetAfter' | 'hang' | 'cut' | 'html' | 'redirect' | 'body' | 'fields' | 'gone';
	/** Requests to match; all if omitted. `path` is a regular expression for the path in the log. */
	match?: { method?: string; path?: string };
	/** Number of requests that fail; 1 by default. */
	times?: number;
	/** Milliseconds in which requests fail, from the first one, instead of a number of requests. */
	forMs?: number;
	/** Number of matching requests that succeed first. */
	skip?: number;
	status?: number;
	body?: unknown;
	drop?: string[];
	set?: Record<string, unknown>;
	headers?: Record<string, string>;
	location?: string;
	after?: boolean;
}

const KINDS = ['status', 'resetBefore', 'resetAfter', 'hang', 'cut', 'html', 'redirect', 'body', 'fields', 'gone'];

export function parseFault(value: unknown): Fault {
	const fault = value as Fault;
	if (!KINDS.includes(fault?.kind)) throw new Error(`The kind of a fault must be one of ${KINDS.join(', ')}`);
	if (fault.match?.path) new RegExp(fault.match.path);
	return fault;
}

/** True for a fault that occurs before the request is processed. */
export function isBeforeProcessing({ kind, after }: Fault): boolean {
	return (
		kind === 'status' ||
		kind === 'redirect' ||
		kind === 'resetBefore' ||
		kind === 'gone' ||
		((kind === 'hang' || kind === 'html') && after !== true)
	);
}

/** True for a fault that occurs before the rate limit is checked, because the request does not reach the service. */
export function isBeforeArrival({ kind }: Fault): boolean {
	return kind === 'resetBefore' || kind === 'gone';
}

export class Faults {
	#faults: Array<Fault & { left: number; toSkip: number; endsAt?: number }> = [];
	count = 0;

	add(fault: Fault): void {
		this.#faults.push({ ...fault, left: fault.times ?? 1, toSkip: fault.skip ?? 0 });
	}

	clear(): void {
		this.#faults = [];
	}

	/**
	 * Returns the first active fault that matches the request, and uses it up once. A request asks at most once for each kind, since a fault
	 * counts the requests that it skips.
	 */
	next(method: string, path: string, wanted: (fault: Fault) => boolean): Fault | undefined {
		for (const fault of this.#faults) {
			const { match = {}, left } = fault;
			if (left === 0 || !wanted(fault)) continue;
			if (match.method && match.method.toUpperCase() !== method) continue;
			if (match.path && !new RegExp(match.path).test(path)) continue;
			if (fault.toSkip > 0) {
				fault.toSkip--;
				continue;
			}
			if (fault.forMs === undefined || fault.kind === 'gone') {
				fault.left--;
			} else {
				fault.endsAt ??= performance.now() + fault.forMs;
				if (performance.now() >= fault.endsAt) {
					fault.left = 0;
					continue;
				}
			}
			this.count++;
			return fault;
		}
		return undefined;
	}
}
