import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/client/answer';
import { Failure } from '../../shared/http/failures';
import type { Incident } from './endpoints';

type WithId = IDataObject & { id: string };

function rowsWithId(value: unknown): WithId[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const rows = value.filter((row): row is WithId => isObject(row) && typeof row.id === 'string' && row.id !== '');
	return rows.length === value.length ? rows : undefined;
}

/**
 * The components of an incident; component groups can be among them. Undefined if the response doesn't contain them, which is not the
 * same as none. They are not in the newest update, because it only lists changes.
 */
export function componentsIn({ components }: Incident): WithId[] | undefined {
	return rowsWithId(components);
}

/** @throws Failure if the response doesn't contain them, because a change would be based on a guess */
export function requireComponents(incident: Incident): WithId[] {
	const components = componentsIn(incident);
	if (components) return components;
	throw new Failure({
		kind: 'answer',
		message: `The response does not contain the components of incident ${incident.id}`,
		advice: 'Nothing was changed for this item. Run it again, or do not change components',
	});
}

/** The updates of an incident, newest first. Undefined if the response doesn't contain them. */
export function updatesIn({ incident_updates: updates }: Incident): WithId[] | undefined {
	return rowsWithId(updates);
}

/** A value in the metadata of an incident, e.g. of `alert` in the object `data`. Metadata can be null or have other shapes. */
export function metadataValue({ metadata }: Incident, [group, key]: readonly [string, string]): unknown {
	const object = isObject(metadata) && Object.hasOwn(metadata, group) ? metadata[group] : undefined;
	return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}
