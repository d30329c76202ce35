import type { Execution } from '../../scripts/host/n8n.mts';

/** The items that a node returned. */
export function itemsOf(execution: Execution | undefined, node = 'Work'): Array<Record<string, unknown>> {
	return (execution?.runData[node] ?? []).flatMap(({ data }) => (data?.main[0] ?? []).map(({ json }) => json));
}

export function isFailed(item: Record<string, unknown> | undefined): boolean {
	return item === undefined || item.error !== undefined;
}
