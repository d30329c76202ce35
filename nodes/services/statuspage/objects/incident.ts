import { ObjectKind } from './objectKind';

/** An incident or a maintenance. */
export const incident = new ObjectKind({
	noun: 'incident',
	parameter: 'incidentId',
	label: 'Incident',
	description: 'The incident or maintenance',
	modes: ['id', 'name'],
	list: 'listIncidents',
	placedIn: 'page',
	nameOf: ({ name }) => name,
	// Alerts often open incidents with the same name.
	detailOf: ({ status, created_at: createdAt }) =>
		[status, typeof createdAt === 'string' ? createdAt.slice(0, 10) : ''].filter(Boolean).join(', '),
	showsDetail: true,
	searchMethod: 'searchIncidents',
});
