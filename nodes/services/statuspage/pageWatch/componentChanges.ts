import type { ComponentChange } from '../events/eventOutput';
import type { ComponentReading } from './pageReading';

/** IDs of components by status, separated by blanks. It is shorter than one status per ID. */
export type ComponentState = Record<string, string>;

/** Statuspage's IDs have 12 characters. */
const LONGEST_ID = 40;
const LONGEST_STATUS = 40;

const isUsual = ({ id }: ComponentReading) => id.length <= LONGEST_ID && !/\s/.test(id);

function stateOf(components: ComponentReading[]): ComponentState {
	const byStatus = new Map<string, string[]>();
	for (const { id, status } of components) {
		const key = status.slice(0, LONGEST_STATUS);
		byStatus.set(key, [...(byStatus.get(key) ?? []), id]);
	}
	return Object.fromEntries([...byStatus].map(([status, ids]) => [status, ids.join(' ')]));
}

/** Components with another status than in the last reading. A component without an earlier status did not change. */
export function componentChanges(
	state: ComponentState | undefined,
	readings: ComponentReading[],
): { changes: Array<ComponentChange & Pick<ComponentReading, 'row'>>; next: ComponentState } {
	const components = readings.filter(isUsual);
	const statuses = new Map(
		Object.entries(state ?? {}).flatMap(([status, ids]) => ids.split(' ').map((id) => [id, status] as const)),
	);
	const changes = components.flatMap(({ id, name, groupId, status, updatedAt, row }) => {
		const oldStatus = statuses.get(id);
		if (oldStatus === undefined || oldStatus === status.slice(0, LONGEST_STATUS)) return [];
		return [{ id, name, groupId, oldStatus, newStatus: status, changedAt: updatedAt, ...(row ? { row } : {}) }];
	});
	return { changes, next: stateOf(components) };
}
