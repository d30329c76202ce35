import { ObjectKind } from './objectKind';

/** Viewers have no dropdown, since a page can have thousands of them. */
export const viewer = new ObjectKind({
	noun: 'viewer',
	parameter: 'viewerId',
	label: 'Viewer',
	description:
		'The viewer (page access user in the API), by ID or email. If the email search finds no viewer, all viewers of the page are read, at 100 per request.',
	modes: ['id', 'email'],
	list: 'listViewers',
	placedIn: 'page',
	nameOf: ({ email, external_login, id }) => email || external_login || id,
	searchMethod: 'searchViewers',
});
