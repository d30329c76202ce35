import { unlessMissing } from '../../../shared/http/failures';
import type { RememberedList } from '../../../shared/client/listMemory';
import type { StatuspageApi } from '../statuspageApi';
import { getPermissions } from '../permissions';
import { isOfOrganization, type Source } from './accessKinds';
import { seenPermissions, seenTeamMember, seenViewer, seenViewerGroup, type Seen } from './seen';

/** A source that is a list. Permissions are read one by one. */
export type ListSource = Exclude<Source, 'permissions'>;

/** The requests of a pass. Each method sends one request. Throws Failure. */
export interface AccessReader {
	/** One page of a list, counted from 1. */
	page(source: ListSource, page: number, size: number): Promise<Seen[]>;
	/** One object; undefined if there is none with this ID. */
	one(source: 'viewers' | 'viewerGroups', id: string): Promise<Seen | undefined>;
	/** The permissions of a team member; undefined if there is none with this ID. */
	permissions(teamMemberId: string, email: string | null): Promise<Seen | undefined>;
	/** Throws Failure if the page or the organization itself is missing, because a missing object then proves nothing. */
	confirmPlace(source: Source): Promise<void>;
	/** What this process knows about the length of a list's pages. */
	pages(source: ListSource): Pick<RememberedList, 'mayBeCut' | 'isNotCutAt'>;
}

/** What is watched. An ID that no chosen event needs is empty. */
export interface AccessPlace {
	pageId: string;
	organizationId: string;
}

const LIST = { viewers: 'listViewers', viewerGroups: 'listViewerGroups', teamMembers: 'listTeamMembers' } as const;

/** @param keepEmails the state keeps the emails of viewers */
export function accessReader(
	api: StatuspageApi,
	{ pageId, organizationId }: AccessPlace,
	keepEmails: boolean,
): AccessReader {
	const placeOf = (source: Source): Record<string, string> =>
		isOfOrganization(source) ? { organizationId } : { pageId };
	const pages = (source: ListSource) => api.remembered(LIST[source], placeOf(source));
	const read = async (source: ListSource, page: number, size: number): Promise<Seen[]> => {
		if (source === 'viewers')
			return (await api.page(LIST[source], { pageId }, page, { size })).map((row) => seenViewer(row, keepEmails));
		if (source === 'viewerGroups')
			return (await api.page(LIST[source], { pageId }, page, { size })).map(seenViewerGroup);
		return (await api.page(LIST[source], { organizationId }, page, { size })).map(seenTeamMember);
	};
	return {
		async page(source, page, size) {
			const rows = await read(source, page, size);
			pages(source).pageHad(rows.length);
			return rows;
		},
		async one(source, id) {
			if (source === 'viewers') {
				const viewer = await unlessMissing(api.call('getViewer', { pageId, viewerId: id }));
				return viewer && seenViewer(viewer, keepEmails);
			}
			const group = await unlessMissing(api.call('getViewerGroup', { pageId, viewerGroupId: id }));
			return group && seenViewerGroup(group);
		},
		async permissions(teamMemberId, email) {
			const permissions = await unlessMissing(getPermissions(api, { organizationId, teamMemberId }));
			return permissions && seenPermissions(teamMemberId, email, permissions);
		},
		confirmPlace: async (source) => await api.confirmPlace(placeOf(source)),
		pages,
	};
}
