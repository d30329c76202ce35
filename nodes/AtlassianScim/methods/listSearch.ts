import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isSame } from '../../shared/api/matching';
import { kept, PICKER_PATIENCE, shownInList } from '../../shared/methods/picking';
import { searchPiecewise, type Piece } from '../../shared/methods/search';
import type { ScimApi } from '../api/client';
import { connectToDirectory } from '../api/connect';
import type { ListName } from '../api/endpoints';
import { equals, type FilterAttribute } from '../api/filter';
import { PAGE_SIZE } from '../api/listing';
import { emailOf, type Group, type Row, type User } from '../api/rows';

interface Search<R extends Row> {
	list: ListName;
	/** What the service can be asked for. */
	attribute: FilterAttribute & keyof R;
	label: (row: R) => string;
	filter?: string;
	token?: string;
}

/** The token is the start index of the next piece. */
async function piece<R extends Row>(api: ScimApi, list: ListName, token = '1'): Promise<Piece<R>> {
	const startIndex = Number(token);
	const { rows, total } = await kept(api, `${list} ${token}`, async () => await api.page<R>(list, { startIndex, count: PAGE_SIZE }));
	const next = startIndex + rows.length;
	return { rows, next: rows.length > 0 && next <= total ? String(next) : undefined };
}

/** Asks the service for what was typed first: reading on in a large directory would take minutes. */
async function search<R extends Row>(context: ILoadOptionsFunctions, { list, attribute, label, filter = '', token }: Search<R>): Promise<INodeListSearchResult> {
	return await shownInList(context, async () => {
		const api = await connectToDirectory(context, PICKER_PATIENCE);
		const typed = filter.trim();
		const query = { filter: equals(attribute, typed) };
		const asked = typed && !token ? (await kept(api, `${list} ${query.filter}`, async () => await api.page<R>(list, { startIndex: 1, count: PAGE_SIZE, query }))).rows : [];
		const found = asked.filter((row) => isSame(row[attribute], typed));
		if (found.length > 0) return { results: found.map((row) => ({ name: label(row), value: row.id })) };
		return await searchPiecewise<R>({ read: async (next) => await piece<R>(api, list, next), label, filter: typed, token });
	});
}

function labelOfUser(user: User): string {
	const { displayName, userName, active } = user;
	const names = new Set([displayName, emailOf(user), userName].filter(Boolean));
	const [first, ...others] = names;
	return `${first}${others.length > 0 ? ` (${others.join(', ')})` : ''}${active === false ? ', deactivated' : ''}`;
}

export async function searchUsers(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return await search<User>(this, { list: 'listUsers', attribute: 'userName', label: labelOfUser, filter, token });
}

export async function searchGroups(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
	return await search<Group>(this, { list: 'listGroups', attribute: 'displayName', label: ({ displayName }) => displayName, filter, token });
}
