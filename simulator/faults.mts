/**
 * A fault on demand.
 * `status`: this status instead of the work. `resetBefore` / `resetAfter`: the connection breaks before or after the work.
 * `hang`: no answer (`after`: the work is done). `cut`: done, half of the body. `html`: a page of a proxy instead of JSON (`after`: done).
 * `redirect`: to `location`. `body`: done, but this body: text as it is, anything else as JSON. `fields`: done, but the answer, or each row
 * of its list, is without the fields of `drop`, and has those of `set`.
 */
export interface Fault {
	kind: 'status' | 'resetBefore' | 'resetAfter' | 'hang' | 'cut' | 'html' | 'redirect' | 'body' | 'fields';
	/** Which requests: all when left out. `path` is a regular expression for the path of the log. */
	match?: { method?: string; path?: string };
	/** How many requests it hits; default 1. */
	times?: number;
	/** How many matching requests pass first. */
	skip?: number;
	status?: number;
	body?: unknown;
	drop?: string[];
	set?: Record<string, unknown>;
	headers?: Record<string, string>;
	location?: string;
	after?: boolean;
}

const KINDS = ['status', 'resetBefore', 'resetAfter', 'hang', 'cut', 'html', 'redirect', 'body', 'fields'];

export function checkedFault(value: unknown): Fault {
	const fault = value as Fault;
	if (!KINDS.includes(fault?.kind)) throw new Error(`A fault's kind is one of ${KINDS.join(', ')}`);
	if (fault.match?.path) new RegExp(fault.match.path);
	return fault;
}

/** True for a fault that shows before the work is done. */
export function isBeforeWork({ kind, after }: Fault): boolean {
	return (
		kind === 'status' ||
		kind === 'redirect' ||
		kind === 'resetBefore' ||
		((kind === 'hang' || kind === 'html') && after !== true)
	);
}

export class Faults {
	#faults: Array<Fault & { left: number; toSkip: number }> = [];
	count = 0;

	add(fault: Fault): void {
		this.#faults.push({ ...fault, left: fault.times ?? 1, toSkip: fault.skip ?? 0 });
	}

	clear(): void {
		this.#faults = [];
	}

	/** The fault that hits this request, if any; it is used up by it. */
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
			fault.left--;
			this.count++;
			return fault;
		}
		return undefined;
	}
}
