import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { subscriber } from '../../../services/statuspage/objects/subscriber';
import type { Field } from '../../../shared/fields/field';
import { optionsField } from '../../../shared/fields/options';
import { subscriberId } from '../itemSubscriber';
import type { StatuspageOperation } from '../statuspageOperation';

/** Leaving out the list means all components in the API, so all components are a choice of their own. */
const subscribeTo: Field = {
	displayName: 'Subscribe To',
	name: 'subscribeTo',
	type: 'options',
	options: [
		{ name: 'All Components', value: 'all', description: 'Also those that are added later' },
		{ name: 'Selected Components', value: 'selected' },
	],
	default: 'selected',
	description: 'Components that the subscriber gets notifications about',
};

const components = component.picks('componentIds', {
	description: 'Components to get notifications about. They replace the current ones',
	// Not required in n8n's sense, which would also require it if 'Subscribe To' is an expression.
	whenEmpty: 'rejected',
	displayOptions: { show: { subscribeTo: ['selected'] } },
});

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update subscriber',
	description: 'Change the components that a subscriber gets notifications about',
	effects:
		'The components replace the current ones. The contact of a subscriber cannot be changed. To undo, you need the previous components. Statuspage may notify the subscriber of the change.',
	isReadOnly: false,
	uses: ['updateSubscriber'],
	fields: [page.locator, subscriber.locator, subscribeTo, components, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const body =
			input.values.text('subscribeTo') === 'all'
				? {}
				: { component_ids: await input.idsOf(component, { pageId }, 'componentIds') };
		return await input.api.call(
			'updateSubscriber',
			{ pageId, subscriberId: await subscriberId(input, pageId) },
			{ body },
		);
	},
};
