import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isSameName } from '../../shared/client/matching';
import { cachedForPickers, shownInList } from '../../shared/fields/picking';
import { PICKER_TIME_LIMITS } from '../../shared/http/timeLimits';
import { searchPiecewise, type Piece } from '../../shared/fields/search';
import type { ScimApi } from './scimApi';
import { connectToDirectory } from './connectToDirectory';
import type { ListName, ListItem } from './endpoints';
import { equals, type FilterAttribute } from './filter';
import { PAGE_SIZE } from './listing';
import { emailOf, type Group, type User } from './directoryObjects';

interface Search<Name extends ListName> {
	list: Name;
	/** The attribute that the service can filter by. */
	attribute: FilterAttribute;
	label: (row: ListItem<Name>) => string;
	filter?: string;
	token?: string;
}

/** Reads one page. The token is the start index of the next page. */
async function readPage<Name extends ListName>(api: ScimApi, list: Name, token = '1'): Promise<Piece<ListItem<Name>>> {
	const startIndex = Number(token);
	const { rows, total } = await cachedForPickers(
		api,
		`${list} ${token}`,
		async () => await api.page(list, { startIndex, count: PAGE_SIZE }),
	);
	const next = startIndex + rows.length;
	return { rows, next: rows.length > 0 && next <= total ? String(next) : undefined };
}

/** Searches for an exact match with the service's filter first, because reading a large directory takes minutes. */
async function search<Name extends ListName>(
	context: ILoadOptionsFunctions,
	{ list, attribute, label, filter = '', token }: Search<Name>,
): Promise<INodeListSearchResult> {
	return await shownInList(context, async () => {
		const api = await connectToDirectory(context, PICKER_TIME_LIMITS);
		const typed = filter.trim();
		const query = { filter: equals(attribute, typed) };
		const exact =
			typed && !token
				? (
						await cachedForPickers(
							api,
							`${list} ${query.filter}`,
							async () => await api.page(list, { startIndex: 1, count: PAGE_SIZE, query }),
						)
					).rows
				: [];
		const matches = exact.filter((row) => isSameName(row[attribute], typed));
		if (matches.length > 0) return { results: matches.map((row) => ({ name: label(row), value: row.id })) };
		return await searchPiecewise<ListItem<Name>>({
			read: async (next) => await readPage(api, list, next),
			labels: (rows) => rows.map(label),
			filter: typed,
			token,
		});
	});
}

function labelOfUser(user: User): string {
	const { displayName, userName, active } = user;
	const names = new Set([displayName, emailOf(user), userName].filter(Boolean));
	const [first, ...others] = names;
	return `${first}${others.length > 0 ? ` (${others.join(', ')})` : ''}${active === false ? ', deactivated' : ''}`;
}

/** List searches of the mode From List. Fields refer to them by name. */
export const listSearch = {
	async searchUsers(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
		return await search(this, { list: 'listUsers', attribute: 'userName', label: labelOfUser, filter, token });
	},
	async searchGroups(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
		return await search(this, {
			list: 'listGroups',
			attribute: 'displayName',
			label: ({ displayName }: Group) => displayName,
			filter,
			token,
		});
	},
};
