import type SCIMMY from 'scimmy';
import type { Answer } from '../service.mts';
import { slice } from '../slice.mts';
import type { Call } from './call.mts';

const startIn = ({ query }: Call) => Number(query.startIndex ?? 1);

/** Returns the rows of the requested page. */
export function pageOf<T>(call: Call, rows: Iterable<T>): T[] {
	const { scimPageSize } = call.options;
	return slice(rows, startIn(call) - 1, Math.min(scimPageSize, Number(call.query.count ?? scimPageSize)));
}

/**
 * Creates the list response for one page. scimmy only receives the rows of that page, because otherwise it would render the whole
 * directory. Start index and total are added here.
 *
 * @param total number of rows on all pages
 */
export function listAnswer(
	call: Call,
	page: SCIMMY.Messages.ListResponse,
	total: number,
	resources: unknown[] = page.Resources,
): Answer {
	const { schemas, itemsPerPage } = page;
	return {
		status: 200,
		body: { schemas, totalResults: total, startIndex: startIn(call), itemsPerPage, Resources: resources },
	};
}
