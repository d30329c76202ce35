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
	/** What the service can be asked for. */
	attribute: FilterAttribute;
	label: (row: ListItem<Name>) => string;
	filter?: string;
	token?: string;
}

/** The token is the start index of the next piece. */
async function piece<Name extends ListName>(api: ScimApi, list: Name, token = '1'): Promise<Piece<ListItem<Name>>> {
	const startIndex = Number(token);
	const { rows, total } = await cachedForPickers(
		api,
		`${list} ${token}`,
		async () => await api.page(list, { startIndex, count: PAGE_SIZE }),
	);
	const next = startIndex + rows.length;
	return { rows, next: rows.length > 0 && next <= total ? String(next) : undefined };
}

/** Asks the service for what was typed first: reading on in a large directory would take minutes. */
async function search<Name extends ListName>(
	context: ILoadOptionsFunctions,
	{ list, attribute, label, filter = '', token }: Search<Name>,
): Promise<INodeListSearchResult> {
	return await shownInList(context, async () => {
		const api = await connectToDirectory(context, PICKER_TIME_LIMITS);
		const typed = filter.trim();
		const query = { filter: equals(attribute, typed) };
		const asked =
			typed && !token
				? (
						await cachedForPickers(
							api,
							`${list} ${query.filter}`,
							async () => await api.page(list, { startIndex: 1, count: PAGE_SIZE, query }),
						)
					).rows
				: [];
		const found = asked.filter((row) => isSameName(row[attribute], typed));
		if (found.length > 0) return { results: found.map((row) => ({ name: label(row), value: row.id })) };
		return await searchPiecewise<ListItem<Name>>({
			read: async (next) => await piece(api, list, next),
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

/** The methods behind From List; fields name them. */
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
