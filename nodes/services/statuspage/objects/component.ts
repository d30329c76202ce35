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
	// The name of its component group stands in another row.
	detailOf: ({ group_id }) => group_id,
	keep: ({ group }) => !group,
	showsDetail: true,
	searchMethod: 'searchComponents',
	loadMethod: 'getComponents',
});
