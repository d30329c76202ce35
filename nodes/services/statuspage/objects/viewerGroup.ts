import { ObjectKind } from './objectKind';

export const viewerGroup = new ObjectKind({
	noun: 'viewer group',
	parameter: 'viewerGroupId',
	label: 'Viewer Group',
	description: 'The viewer group (page access group in the API)',
	modes: ['id', 'name'],
	list: 'listViewerGroups',
	placedIn: 'page',
	nameOf: ({ name }) => name,
	detailOf: ({ external_identifier }) => external_identifier,
	searchMethod: 'searchViewerGroups',
	loadMethod: 'getViewerGroups',
});
