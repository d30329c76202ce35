import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import type { ViewerGroup } from '../../../services/statuspage/endpoints';
import { lockName } from '../../../services/statuspage/lockName';
import { component } from '../../../services/statuspage/objects/component';
import { metric } from '../../../services/statuspage/objects/metric';
import { page } from '../../../services/statuspage/objects/page';
import { requestedIds } from '../../../shared/client/changes';
import { withLocks } from '../../../shared/client/locks';
import { Failure } from '../../../shared/http/failures';
import { cleanedEmails } from '../../../shared/operations/people';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { viewers, viewersField } from '../itemViewer';
import { externalIdentifier, nameField, viewerGroupBody } from './viewerGroupFields';

type Lists = Record<'component_ids' | 'metric_ids' | 'page_access_user_ids', string[]>;

/** Lists of the new group. An email without a viewer stops the item before any write. */
async function listsOf(input: StatuspageInput, pageId: string): Promise<Lists> {
	const values = input.values.collection('additionalFields');
	const place = { pageId };
	const lists = {
		component_ids: await input.idsOf(component, place, 'componentIds', { values }),
		metric_ids: await input.idsOf(metric, place, 'metricIds', { values }),
	};
	const requests = await viewers(input.api, pageId, [values.people('viewerIds')]);
	const unknown = requests.flat().flatMap(({ requested: asked, id }) => (id === undefined ? [asked] : []));
	if (unknown.length > 0) {
		throw input.invalid(
			'viewerIds',
			`contains ${unknown.length === 1 ? 'an email' : 'emails'} without a viewer on this page: ${unknown.join(', ')}`,
			`Create ${unknown.length === 1 ? 'this viewer' : 'these viewers'} first, with 'Create or Update'`,
		);
	}
	return { ...lists, page_access_user_ids: requestedIds(requests) };
}

function requireLists(group: ViewerGroup, lists: Lists): void {
	const missing = Object.entries(lists).flatMap(([name, ids]) =>
		ids.filter((id) => !group[name as keyof Lists].includes(id)),
	);
	if (missing.length === 0) return;
	throw new Failure({
		kind: 'answer',
		message: `Viewer group ${group.id} was created, but Statuspage didn't add ${missing.join(', ')} to it`,
		advice: "Check these IDs, then use 'Add Viewers', 'Add Components' or 'Add Metrics'",
		body: group,
	});
}

export const create: StatuspageOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create viewer group',
	description: 'Create a new viewer group with viewers, components and metrics',
	effects: "All its viewers get access to its components and metrics. Undo with 'Delete'. No notification is sent.",
	isReadOnly: false,
	uses: ['createViewerGroup'],
	fields: [
		audienceNotice,
		page.locator,
		nameField,
		additionalFieldsField(
			[
				component.picks('componentIds'),
				externalIdentifier,
				metric.picks('metricIds'),
				{ ...viewersField, required: undefined },
			],
			{ whenEmpty: 'omitted' },
		),
		viewerOptionsField(),
	],
	runs: 'perItem',
	async execute(input) {
		const { values, api } = input;
		const pageId = await input.pageId();
		const lists = await listsOf(input, pageId);
		const filled = Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0));
		const added = values.collection('additionalFields');
		const body = { name: values.text('name'), ...viewerGroupBody(added), ...filled };
		const members = lists.page_access_user_ids.map((id) => lockName.viewer(api, pageId, id));
		// Another execution may have read the groups of a viewer. Its write must not remove the new group.
		const group = await withLocks(
			{ shared: members },
			api.connection.signal,
			async () => await api.call('createViewerGroup', { pageId }, { body }),
		);
		requireLists(group, lists);
		return { ...group, ...cleanedEmails(added.people('viewerIds')) };
	},
};
