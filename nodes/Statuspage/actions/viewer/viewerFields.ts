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
	description: 'Email address that the viewer logs in with',
};

const externalLogin: Field = {
	displayName: 'External Login',
	name: 'externalLogin',
	type: 'string',
	default: '',
	description: 'ID of the viewer at your identity provider, usually the user ID (uid)',
};

const subscribeToComponents: Field = {
	displayName: 'Subscribe to Components',
	name: 'subscribeToComponents',
	type: 'boolean',
	default: false,
	description: 'Whether to subscribe the viewer to the components they can see',
};

const components = component.picks('componentIds', {
	whenEmpty: 'omitted',
	description: 'Components that the viewer can see, in addition to those from their groups',
});
/** The mode is an option, so the field names it. */
const GROUPS_MODE_APPLIES =
	"Added to the viewer's current groups. To replace or remove groups, add the option 'Groups Mode'";

export const newViewerFields = additionalFieldsField(
	[
		components,
		externalLogin,
		subscribeToComponents,
		viewerGroup.picks('viewerGroupIds', { description: 'Viewer groups of the new viewer' }),
	],
	{ whenEmpty: 'omitted' },
);

/** Like `newViewerFields`, but an empty External Login clears the one of an existing viewer. */
export const upsertedViewerFields: Field = {
	...newViewerFields,
	options: [
		components,
		{ ...externalLogin, whenEmpty: 'clears' },
		subscribeToComponents,
		viewerGroup.picks('viewerGroupIds', { description: GROUPS_MODE_APPLIES }),
	],
};

export const changedViewerFields = updateFieldsField([
	{ ...emailField, required: undefined, whenEmpty: 'rejected', description: 'New email address' },
	{ ...externalLogin, whenEmpty: 'clears' },
	subscribeToComponents,
	viewerGroup.picks('viewerGroupIds', { whenEmpty: 'rejected', description: GROUPS_MODE_APPLIES }),
]);

export const groupsModeOption: Field = {
	displayName: 'Groups Mode',
	name: 'groupsMode',
	type: 'options',
	options: [
		{ name: 'Add', value: 'add', description: 'Add these groups and keep the current ones' },
		{ name: 'Remove', value: 'remove', description: 'Remove the viewer from these groups' },
		{ name: 'Replace', value: 'replace', description: 'Remove the viewer from all other groups' },
	],
	default: 'add',
	description: "How to combine the groups in 'Viewer Group Names or IDs' with the viewer's current ones",
};

/** The added fields of a collection, named as in the API. */
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

/** Groups and components of a new viewer, or to add to an existing one. */
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
