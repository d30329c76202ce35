import type { ListItem } from '../statuspageApi';
import type { ListName } from '../endpoints';
import type { ObjectKind } from './objectKind';

/**
 * The labels of a picker: the name of each object, with a detail or the ID where several objects have the same name.
 *
 * @param detail replaces the detail of the kind, e.g. where it is in another list
 */
export function labelsOf<Name extends ListName>(
	{ row: { nameOf, detailOf, showsDetail } }: ObjectKind<Name>,
	objects: ReadonlyArray<ListItem<Name>>,
	detail = detailOf,
): string[] {
	const names = objects.map(nameOf);
	const repeatedIn = (list: string[]) => {
		const counts = new Map<string, number>();
		for (const entry of list) counts.set(entry, (counts.get(entry) ?? 0) + 1);
		return (entry: string) => (counts.get(entry) ?? 0) > 1;
	};
	const isSharedName = repeatedIn(names);
	const labels = objects.map((object, index) => {
		const more = showsDetail || isSharedName(names[index]) ? detail?.(object) : undefined;
		return more && more !== names[index] ? `${names[index]} (${more})` : names[index];
	});
	const isSharedLabel = repeatedIn(labels);
	return labels.map((label, index) => (isSharedLabel(label) ? `${label} · ${objects[index].id}` : label));
}
