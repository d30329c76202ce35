import type { PlainRequest } from '../limit.mts';
import { mainPage, type ServiceState } from '../service.mts';

export type Viewer = ServiceState['pages'][string]['viewers'][string];

/** The largest page of a list, which all clients use. */
const PAGE_SIZE = 100;

export const newAddress = (index: number) => `new.${index}@bench.example`;

/** Path of the viewers of the first page. */
export const viewersPath = (state: ServiceState) => `/pages/${mainPage(state).row.id}/page_access_users`;

export const viewersOf = (state: ServiceState): Viewer[] => Object.values(mainPage(state).viewers);

export const firstGroup = (state: ServiceState) => Object.values(mainPage(state).groups)[0] as { id: string };

export const groupPath = (state: ServiceState, groupId: string) =>
	`/pages/${mainPage(state).row.id}/page_access_groups/${groupId}`;

/** Emails of the viewers that a job has created. An email that occurs twice was created twice. */
export function newViewers(after: ServiceState): string[] {
	return viewersOf(after).flatMap(({ email }) => (email.endsWith('@bench.example') ? email : []));
}

/** All pages of a list with a known length. */
export function listRequests(path: string, length: number): PlainRequest[] {
	return Array.from({ length: Math.ceil(length / PAGE_SIZE) }, (_, index) => ({
		method: 'GET',
		path: `${path}?page=${index + 1}&per_page=${PAGE_SIZE}`,
	}));
}

/** Replaces the viewers of a group. */
export function membersRequest(path: string, ids: string[]): PlainRequest {
	return { method: 'PATCH', path, body: { page_access_group: { page_access_user_ids: ids } } };
}
