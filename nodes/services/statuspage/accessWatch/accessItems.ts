import type { IDataObject } from 'n8n-workflow';
import type { AccessEvent } from './accessEvents';
import { isOfOrganization, type ListEvent, type Source, EVENTS_OF, SOURCES } from './accessKinds';
import type { AccessPlace } from './accessReader';
import type { Row } from './accessRows';
import { changedPages } from './seen';

/** The source that shows an event. */
export function sourceOf(kind: ListEvent): Source {
	return SOURCES.find((source) => Object.values(EVENTS_OF[source]).includes(kind)) as Source;
}

/** The place of an event in output items. */
export function placeOf(source: Source, { pageId, organizationId }: AccessPlace): IDataObject {
	return isOfOrganization(source) ? { organizationId } : { pageId };
}

/** A removed object: its ID, and the text that was kept. */
function removed(source: Source, id: string, text: string): IDataObject {
	if (source === 'viewers') return { viewerId: id, email: text || null };
	if (source === 'viewerGroups') return { viewerGroupId: id, name: text };
	return { teamMemberId: id, email: text };
}

/** What changed, beyond the names of the fields. */
function details(source: Source, changed: string[], known: Row | undefined, text: string): IDataObject {
	if (source === 'viewerGroups' && changed.includes('name')) return { previousName: known?.text ?? null };
	if (source === 'permissions') return { changedPages: changedPages(known?.text ?? '', text) };
	return {};
}

/** The names of a viewer's groups, if all of them are known without a request. */
function groupNames({ viewerGroupIds }: IDataObject, names: ReadonlyMap<string, string>): IDataObject {
	if (!Array.isArray(viewerGroupIds)) return {};
	const found = (viewerGroupIds as string[]).map((id) => names.get(id));
	return found.every((name) => name !== undefined) ? { viewerGroupNames: found } : {};
}

/**
 * The fields of one event in its output item.
 *
 * @param names of viewer groups, as far as they are known
 */
export function accessItem(
	{ kind, id, seen, known, changed }: AccessEvent,
	place: AccessPlace,
	names: ReadonlyMap<string, string>,
): IDataObject {
	const source = sourceOf(kind);
	const object = seen?.json() ?? removed(source, id, known?.text ?? '');
	return {
		event: kind,
		...placeOf(source, place),
		...object,
		...groupNames(object, names),
		...(changed.length > 0 && source !== 'permissions' ? { changed } : {}),
		...details(source, changed, known, seen?.row.text ?? ''),
	};
}
