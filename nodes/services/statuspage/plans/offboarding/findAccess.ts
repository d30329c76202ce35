import type { StatuspageApi } from '../../statuspageApi';
import type { Findings, FindOptions } from './findings';
import { findOnPages } from './findOnPages';
import { findTeamMembers, readTeamMembers } from './findTeamMembers';
import type { Leaver } from './leavers';

/** Finds all access of the leavers on the pages and in the organization. Only reads. */
export async function findAccess(api: StatuspageApi, leavers: Leaver[], options: FindOptions): Promise<Findings> {
	const [pages, list] = await Promise.all([findOnPages(api, leavers, options), readTeamMembers(api, leavers, options)]);
	const missing = new Set(leavers);
	for (const { found, subscriptions } of pages) {
		for (const record of [...found.values(), ...subscriptions])
			for (const leaver of record.leavers) missing.delete(leaver);
	}
	return { pages, ...(await findTeamMembers(api, leavers, options, list, missing)) };
}
