import { ObjectKind } from './objectKind';

export const page = new ObjectKind({
	noun: 'page',
	parameter: 'pageId',
	label: 'Page',
	description: 'The status page',
	modes: ['id', 'name'],
	list: 'listPages',
	placedIn: 'account',
	nameOf: ({ name }) => name,
	detailOf: ({ subdomain }) => subdomain,
	searchMethod: 'searchPages',
	loadMethod: 'getPages',
});
