import { withComponentGroups } from '../../../services/statuspage/componentGroups';
import { componentGroup } from '../../../services/statuspage/objects/componentGroup';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, ignoreIfMissingOption, optionsField } from '../../../shared/fields/options';
import { deleted } from '../../../shared/operations/deletion';
import type { StatuspageOperation } from '../statuspageOperation';

export const deleteComponentGroup: StatuspageOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete component group',
	description: 'Delete a component group permanently and keep its components on the page',
	effects:
		"This can't be undone. The components of the group stay on the page, without a component group. A component group created again gets a new ID. No notification is sent.",
	warning: 'Deletes the component group permanently. Its components stay on the page, without a group.',
	isReadOnly: false,
	uses: ['deleteComponentGroup', 'getPage'],
	fields: [page.locator, componentGroup.locator, optionsField(dryRunOption, ignoreIfMissingOption)],
	runs: 'perItem',
	async execute(input) {
		const { api } = input;
		const pageId = await input.pageId();
		return await deleted(input, {
			noun: 'component group',
			find: async () => await input.idOf(componentGroup, { pageId }),
			read: async (componentGroupId) => await api.call('getComponentGroup', { pageId, componentGroupId }),
			remove: async (componentGroupId) =>
				await withComponentGroups(
					api,
					pageId,
					async () => await api.remove('deleteComponentGroup', { pageId, componentGroupId }),
				),
			place: { pageId },
		});
	},
};
