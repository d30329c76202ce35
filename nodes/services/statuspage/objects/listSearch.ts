import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchPiecewise, type Piece } from '../../../shared/fields/search';
import { contains } from '../../../shared/fields/picking';
import { isSameEmail } from '../../../shared/client/matching';
import type { ListItem } from '../statuspageApi';
import { endpoints, type ListName, type Subscriber, type Viewer } from '../endpoints';
import type { StatuspageEndpoint } from '../endpoints/statuspageEndpoint';
import { PAGE_SIZE } from '../paging';
import { component } from './component';
import { componentGroup } from './componentGroup';
import { incident } from './incident';
import { incidentTemplate } from './incidentTemplate';
import { incidentSubscriber } from './incidentSubscriber';
import { labelsOf } from './labels';
import { metric } from './metric';
import { metricProvider } from './metricProvider';
import type { ObjectKind, Place } from './objectKind';
import { page } from './page';
import { withPicker, type Picker } from './picker';
import { ALL_STATES } from '../subscriptions/listSubscribers';
import { subscriber } from './subscriber';
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
	query?: Record<string, string>,
): Promise<Piece<ListItem<Name>>> {
	const { paging }: StatuspageEndpoint = endpoints[list];
	if (!paging) return { rows: await picker.list(list, place, query) };
	const rows = await picker.page(list, place, Number(token), query);
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

/** Searches by contact first. The service can't search Slack and Teams subscribers, so they are found in the list. */
async function searchSubscribers(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const place = await picker.placeFor('page');
		const q = filter?.trim();
		const found = q ? await picker.page('listSubscribers', place, 1, { ...ALL_STATES, q }) : [];
		const labels = labelsOf(subscriber, found);
		const shown = found.map(({ id }, index) => ({ name: labels[index], value: id }));
		if (!token && found.length > 0 && found.length < PAGE_SIZE) return { results: shown };
		const { results, paginationToken } = await searchPiecewise<Subscriber>({
			read: async (next) => await piece(picker, 'listSubscribers', place, next, ALL_STATES),
			labels: (rows) => labelsOf(subscriber, rows),
			keep: ({ id }) => !found.some((row) => row.id === id),
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
	searchIncidentSubscribers: searchOf(incidentSubscriber),
	searchIncidentTemplates: searchOf(incidentTemplate),
	searchIncidents: searchOf(incident),
	searchMetricProviders: searchOf(metricProvider),
	searchMetrics: searchOf(metric),
	searchPages: searchOf(page),
	searchSubscribers,
	searchTeamMembers: searchOf(teamMember),
	searchViewerGroups: searchOf(viewerGroup),
	searchViewers,
};
