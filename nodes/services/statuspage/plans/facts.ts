/** The fields that a change writes, and the fields that identify its object. Plain JSON. */
export type Facts = Record<string, unknown>;

/** A list of texts in the facts of a change. Empty if there is no such list. */
export function stringsIn(facts: Facts | null, name: string): string[] {
	const list = facts?.[name];
	return Array.isArray(list) ? list.map(String) : [];
}
