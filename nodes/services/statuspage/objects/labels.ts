import type { ListItem } from '../statuspageApi';
import type { ListName } from '../endpoints';
import type { ObjectKind } from './objectKind';

/**
 * What a picker shows for each row: its name, and what tells it apart from others of the same name.
 *
 * @param detail replaces the row's own detail, where that stands in another list
 */
export function labelsOf<Name extends ListName>(
	{ row: { nameOf, detailOf, showsDetail } }: ObjectKind<Name>,
	rows: ReadonlyArray<ListItem<Name>>,
	detail = detailOf,
): string[] {
	const names = rows.map(nameOf);
	const isTwice = (list: string[]) => {
		const counts = new Map<string, number>();
		for (const entry of list) counts.set(entry, (counts.get(entry) ?? 0) + 1);
		return (entry: string) => (counts.get(entry) ?? 0) > 1;
	};
	const isSharedName = isTwice(names);
	const labels = rows.map((row, index) => {
		const more = showsDetail || isSharedName(names[index]) ? detail?.(row) : undefined;
		return more && more !== names[index] ? `${names[index]} (${more})` : names[index];
	});
	const isSharedLabel = isTwice(labels);
	return labels.map((label, index) => (isSharedLabel(label) ? `${label} · ${rows[index].id}` : label));
}
