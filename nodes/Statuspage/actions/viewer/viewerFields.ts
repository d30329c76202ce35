import type { IDataObject } from 'n8n-workflow';
import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import type { GroupsMode } from '../../../services/statuspage/viewerChange';
import { additionalFieldsField, updateFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import type { Values } from '../../../shared/operations/values';
import type { StatuspageInput } from '../statuspageInput';

export const emailField: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	accepts: 'email',
	placeholder: 'name@email.com',
	default: '',
	required: true,
	description: 'The address that the viewer logs in with',
};

const externalLogin: Field = {
	displayName: 'External Login',
	name: 'externalLogin',
	type: 'string',
	default: '',
	description: 'The login of this person at your identity provider, usually its user ID (uid)',
};

const subscribeToComponents: Field = {
	displayName: 'Subscribe to Components',
	name: 'subscribeToComponents',
	type: 'boolean',
	default: false,
	description: 'Whether the viewer gets notifications about the components that the viewer may see',
};

const components = component.picks('componentIds', {
	whenEmpty: 'omitted',
	description: 'Components that the viewer may see besides those of the groups',
});

export const newViewerFields = additionalFieldsField(
	[components, externalLogin, subscribeToComponents, viewerGroup.picks('viewerGroupIds')],
	{ whenEmpty: 'omitted' },
);

/** The same where a viewer that exists is changed: an empty text would clear what is there. */
export const upsertedViewerFields: Field = {
	...newViewerFields,
	options: [
		components,
		{ ...externalLogin, whenEmpty: 'clears' },
		subscribeToComponents,
		viewerGroup.picks('viewerGroupIds'),
	],
};

export const changedViewerFields = updateFieldsField([
	{ ...emailField, required: undefined, whenEmpty: 'rejected', description: 'The new address' },
	{ ...externalLogin, whenEmpty: 'clears' },
	subscribeToComponents,
	viewerGroup.picks('viewerGroupIds', { whenEmpty: 'rejected' }),
]);

export const groupsModeOption: Field = {
	displayName: 'Groups Mode',
	name: 'groupsMode',
	type: 'options',
	options: [
		{ name: 'Add', value: 'add', description: 'The viewer keeps the other groups' },
		{ name: 'Remove', value: 'remove', description: 'The viewer leaves these groups' },
		{ name: 'Replace', value: 'replace', description: 'The viewer leaves all other groups' },
	],
	default: 'add',
	description: 'What to do with the groups that are given',
};

/** The fields of a collection as the API takes them; only those that were added. */
export function viewerBody(values: Values): IDataObject {
	return {
		...(values.has('email') ? { email: values.email('email').email } : {}),
		...(values.has('externalLogin') ? { external_login: values.text('externalLogin') } : {}),
		...(values.has('subscribeToComponents') ? { subscribe_to_components: values.flag('subscribeToComponents') } : {}),
	};
}

export function groupsMode({ options }: StatuspageInput): GroupsMode {
	return options.choice<GroupsMode>('groupsMode', 'add');
}

/** What a new viewer begins with, and what an existing one gets besides. */
export interface ViewerLists {
	groupIds: string[];
	componentIds: string[];
}

/** The groups and components that the item names. */
export async function viewerLists(input: StatuspageInput, pageId: string): Promise<ViewerLists> {
	const values = input.values.collection('additionalFields');
	return {
		groupIds: await input.idsOf(viewerGroup, { pageId }, 'viewerGroupIds', { values }),
		componentIds: await input.idsOf(component, { pageId }, 'componentIds', { values }),
	};
}
