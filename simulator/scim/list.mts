import type SCIMMY from 'scimmy';
import type { Answer } from '../service.mts';
import { slice } from '../slice.mts';
import type { Call } from './call.mts';

const startIn = ({ query }: Call) => Number(query.startIndex ?? 1);

/** The rows that the query asks for. */
export function pageOf<T>(call: Call, rows: Iterable<T>): T[] {
	const { scimPageSize } = call.options;
	return slice(rows, startIn(call) - 1, Math.min(scimPageSize, Number(call.query.count ?? scimPageSize)));
}

/**
 * scimmy makes the message of one page only: it would render the whole directory for each, and cuts a page that starts behind the
 * first row once more. Where the page stands is told here.
 *
 * @param total rows of all pages
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
