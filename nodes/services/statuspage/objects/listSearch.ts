import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchPiecewise, type Piece } from '../../../shared/fields/search';
import { contains } from '../../../shared/fields/picking';
import { isSameEmail } from '../../../shared/client/matching';
import type { ListItem } from '../statuspageApi';
import { endpoints, type ListName, type Viewer } from '../endpoints';
import type { StatuspageEndpoint } from '../endpoints/statuspageEndpoint';
import { PAGE_SIZE } from '../paging';
import { component } from './component';
import { componentGroup } from './componentGroup';
import { labelsOf } from './labels';
import { metric } from './metric';
import { metricProvider } from './metricProvider';
import type { ObjectKind, Place } from './objectKind';
import { page } from './page';
import { withPicker, type Picker } from './picker';
import { teamMember } from './teamMember';
import { viewer } from './viewer';
import { viewerGroup } from './viewerGroup';

type Search = (this: ILoadOptionsFunctions, filter?: string, token?: string) => Promise<INodeListSearchResult>;
type Labels<Name extends ListName> = (
	picker: Picker,
	place: Place,
	shown: Array<ListItem<Name>>,
	all: Array<ListItem<Name>>,
) => Promise<string[]>;

/** One piece of a list. The token is the number of its page. */
async function piece<Name extends ListName>(
	picker: Picker,
	list: Name,
	place: Place,
	token = '1',
): Promise<Piece<ListItem<Name>>> {
	const { paging }: StatuspageEndpoint = endpoints[list];
	if (!paging) return { rows: await picker.list(list, place) };
	const rows = await picker.page(list, place, Number(token));
	return { rows, next: rows.length < PAGE_SIZE ? undefined : String(Number(token) + 1) };
}

/** The search behind From List for a kind of object. */
function searchOf<Name extends ListName>(
	kind: ObjectKind<Name>,
	labels: Labels<Name> = async (_, __, shown) => labelsOf(kind, shown),
): Search {
	const { list, placedIn, keep = () => true } = kind.row;
	return async function (this: ILoadOptionsFunctions, filter?: string, token?: string) {
		return await withPicker(this, async (picker) => {
			const place = await picker.placeFor(placedIn);
			return await searchPiecewise<ListItem<Name>>({
				read: async (next) => await piece(picker, list, place, next),
				labels: async (shown, all) => await labels(picker, place, shown, all),
				keep,
				filter,
				token,
			});
		});
	};
}

/** Components show their component group, which is in the same list, or otherwise in the list of component groups. */
const componentLabels: Labels<'listComponents'> = async (picker, place, shown, all) => {
	const names = new Map(all.map(({ id, name }) => [id, name]));
	const isUnknown = shown.some(({ group_id }) => group_id !== null && !names.has(group_id));
	if (isUnknown) for (const { id, name } of await picker.list(componentGroup.row.list, place)) names.set(id, name);
	return labelsOf(component, shown, ({ group_id }) => group_id && names.get(group_id));
};

/** Searches by email first, since reading thousands of viewers would take a minute. */
async function searchViewers(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const place = await picker.placeFor('page');
		const { nameOf } = viewer.row;
		const matches = filter ? await picker.list('listViewers', place, { email: filter.trim() }) : [];
		const found = matches.filter((entry) => contains(nameOf(entry), filter));
		const shown = found.map((entry) => ({ name: nameOf(entry), value: entry.id }));
		if (!token && found.some(({ email }) => isSameEmail(email, filter))) return { results: shown };
		const { results, paginationToken } = await searchPiecewise<Viewer>({
			read: async (next) => await piece(picker, 'listViewers', place, next),
			labels: (viewers) => labelsOf(viewer, viewers),
			keep: (entry) => !found.some(({ id }) => id === entry.id),
			filter,
			token,
		});
		return { results: [...(token ? [] : shown), ...results], paginationToken };
	});
}

/** The methods behind From List, by the names that fields use. */
export const listSearch = {
	searchComponentGroups: searchOf(componentGroup),
	searchComponents: searchOf(component, componentLabels),
	searchMetricProviders: searchOf(metricProvider),
	searchMetrics: searchOf(metric),
	searchPages: searchOf(page),
	searchTeamMembers: searchOf(teamMember),
	searchViewerGroups: searchOf(viewerGroup),
	searchViewers,
};
