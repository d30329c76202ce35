import { ObjectKind } from './objectKind';

/** A page can have thousands of viewers: they are found by ID or email, and have no dropdown. */
export const viewer = new ObjectKind({
	noun: 'viewer',
	parameter: 'viewerId',
	label: 'Viewer',
	description:
		'The viewer (page access user in the API), by ID or email. If the search by email finds nobody, all viewers of the page are read, at 100 per request, before the viewer counts as missing',
	modes: ['id', 'email'],
	list: 'listViewers',
	placedIn: 'page',
	nameOf: ({ email, external_login, id }) => email || external_login || id,
	searchMethod: 'searchViewers',
});
