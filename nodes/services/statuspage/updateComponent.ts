import type { IDataObject } from 'n8n-workflow';
import { Failure, asError, hasStatus } from '../../shared/http/failures';
import type { Component } from './endpoints';
import type { StatuspageApi } from './statuspageApi';

interface ComponentIds extends Record<string, string> {
	pageId: string;
	componentId: string;
}

/** How the vendor's document writes "no component group". It does not say whether it means the word or the value. */
const NO_GROUP = 'null';

async function withoutGroup(api: StatuspageApi, ids: ComponentIds, body: IDataObject): Promise<Component> {
	const updated = await api.call('updateComponent', ids, { body: { ...body, group_id: NO_GROUP } });
	if (!updated.group_id) return updated;
	throw new Failure({
		kind: 'answer',
		message: `Statuspage reported success, but component "${updated.name}" is still in component group ${updated.group_id}`,
		advice: 'Other fields were changed. Remove the component from its group on Statuspage',
	});
}

/**
 * Updates a component. For a component without a group, JSON null is sent first. If it is rejected or has no effect, the word follows.
 *
 * @param body the changed fields, named as in the API; `group_id` is null for no group
 * @throws Failure, also if the component is still in a group
 */
export async function updateComponent(api: StatuspageApi, ids: ComponentIds, body: IDataObject): Promise<Component> {
	if (body.group_id !== null) return await api.call('updateComponent', ids, { body });
	let updated: Component;
	try {
		updated = await api.call('updateComponent', ids, { body });
	} catch (error) {
		if (!hasStatus(error, 422)) throw asError(error);
		return await withoutGroup(api, ids, body).catch((other: unknown) => {
			// Another field may be wrong, so the first error says more.
			throw hasStatus(other, 422) ? asError(error) : asError(other);
		});
	}
	return updated.group_id ? await withoutGroup(api, ids, {}) : updated;
}
