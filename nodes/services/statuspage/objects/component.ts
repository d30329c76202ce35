import { ObjectKind } from './objectKind';

export const component = new ObjectKind({
	noun: 'component',
	parameter: 'componentId',
	label: 'Component',
	description: 'The component',
	modes: ['id', 'name'],
	list: 'listComponents',
	placedIn: 'page',
	nameOf: ({ name }) => name,
	// The name of the component group is in another entry of the list.
	detailOf: ({ group_id }) => group_id,
	keep: ({ group }) => !group,
	showsDetail: true,
	searchMethod: 'searchComponents',
	loadMethod: 'getComponents',
});
