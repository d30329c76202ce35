import { usesOf } from '../../nodes/shared/operations/uses';
import type { Operation, Resource } from '../../nodes/shared/operations/operation';
import type { Table } from '../../nodes/shared/client/endpoint';
import type { LogEntry } from './simulator';

/** Returns the API operations of logged requests. */
export function sentIn(log: LogEntry[], endpoints: Table): string[] {
	const patterns = Object.entries(endpoints).map(([name, { method, path }]) => ({
		name,
		method,
		pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
	}));
	return log.map(({ method, path }) => {
		const found = patterns.find((entry) => entry.method === method && entry.pattern.test(path));
		if (!found) throw new Error(`No API operation is ${method} ${path}`);
		return found.name;
	});
}

/** Compares the API operations that each operation declares with the requests it sent. */
export class Uses {
	readonly #seen = new Map<string, Set<string>>();

	constructor(
		private readonly resources: ReadonlyArray<{ value: string; operations: readonly unknown[] }>,
		private readonly endpoints: Table,
	) {}

	get names(): string[] {
		return [...this.#operations.keys()];
	}

	get #operations(): Map<string, Operation> {
		return new Map(
			(this.resources as readonly Resource[]).flatMap(({ value, operations }) =>
				operations.map((operation) => [`${value} ${operation.value}`, operation] as const),
			),
		);
	}

	/** Expects that all requests of one run are declared. */
	check(name: string, log: LogEntry[]): void {
		const operation = this.#operations.get(name) as Operation;
		const sent = sentIn(log, this.endpoints);
		expect([name, sent.filter((endpoint) => !usesOf(operation, this.endpoints).includes(endpoint))]).toEqual([
			name,
			[],
		]);
		if (operation.isReadOnly) expect(log.filter(({ method }) => method !== 'GET')).toEqual([]);
		const seen = this.#seen.get(name) ?? new Set<string>();
		for (const endpoint of sent) seen.add(endpoint);
		this.#seen.set(name, seen);
	}

	/** Expects, after all runs, that every declared API operation was used, and that only operations that aren't read-only wrote. */
	checkAll(name: string): void {
		const operation = this.#operations.get(name) as Operation;
		const seen = this.#seen.get(name) ?? new Set();
		expect([name, usesOf(operation, this.endpoints).filter((endpoint) => !seen.has(endpoint))]).toEqual([name, []]);
		const hasWritten = [...seen].some((endpoint) => this.endpoints[endpoint].method !== 'GET');
		expect([name, hasWritten]).toEqual([name, !operation.isReadOnly]);
	}
}
