import { ObjectKind } from './objectKind';

export const componentGroup = new ObjectKind({
	noun: 'component group',
	parameter: 'componentGroupId',
	label: 'Component Group',
	description: 'The component group',
	modes: ['id', 'name'],
	list: 'listComponentGroups',
	placedIn: 'page',
	nameOf: ({ name }) => name,
	searchMethod: 'searchComponentGroups',
	loadMethod: 'getComponentGroups',
});
