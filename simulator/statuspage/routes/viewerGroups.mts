import {
	ApiError,
	fields,
	idList,
	knownIds,
	ok,
	one,
	optionalFields,
	optionalText,
	paged,
	pageIn,
	paging,
	text,
	type Context,
	type Route,
} from '../route.mts';
import { setViewersOfGroup, type Group, type Json, type Page } from '../state.mts';
import { componentRow } from './components.mts';

const PATH = '/pages/:page_id/page_access_groups';
const ONE = `${PATH}/:page_access_group_id`;

const groupFields = {
	name: text,
	external_identifier: optionalText,
	component_ids: idList,
	metric_ids: idList,
	page_access_user_ids: idList,
};

function groupRow({ options }: Context, page: Page, group: Group): Json {
	const viewerIds = [...group.viewerIds];
	return {
		id: group.id,
		page_id: page.row.id,
		name: group.name,
		page_access_user_ids: options.membersCap > 0 ? viewerIds.slice(0, options.membersCap) : viewerIds,
		external_identifier: group.external_identifier,
		metric_ids: [...group.metricIds],
		component_ids: [...group.componentIds],
		created_at: group.created_at,
		updated_at: group.updated_at,
	};
}

function groupIn(context: Context): { page: Page; group: Group } {
	const page = pageIn(context);
	return { page, group: one(page.groups, context.params.page_access_group_id) };
}

/** Sets the given fields of a viewer group. Lists replace the current ones. */
function apply(context: Context, page: Page, group: Group, wanted: Json, status: 404 | 422): void {
	const ids = (field: string, rows: Map<string, unknown>) =>
		wanted[field] === undefined ? undefined : knownIds(context, rows, wanted[field] as string[], status);
	const lists = {
		components: ids('component_ids', page.components),
		metrics: ids('metric_ids', page.metrics),
		viewers: ids('page_access_user_ids', page.viewers),
	};
	if (wanted.name !== undefined) group.name = String(wanted.name);
	if (wanted.external_identifier !== undefined) group.external_identifier = wanted.external_identifier as string | null;
	if (lists.components) group.componentIds = new Set(lists.components);
	if (lists.metrics) group.metricIds = new Set(lists.metrics);
	if (lists.viewers) setViewersOfGroup(page, group, lists.viewers);
	group.updated_at = context.state.now();
}

function create(context: Context) {
	const page = pageIn(context);
	const wanted = context.body.page_access_group as Json;
	if (!wanted.name) throw new ApiError(422, "Name can't be blank");
	const now = context.state.now();
	const group: Group = {
		id: context.state.newId(),
		name: '',
		external_identifier: null,
		viewerIds: new Set(),
		componentIds: new Set(),
		metricIds: new Set(),
		created_at: now,
		updated_at: now,
	};
	page.groups.set(group.id, group);
	try {
		apply(context, page, group, wanted, 422);
	} catch (error) {
		page.groups.delete(group.id);
		throw error;
	}
	return { status: 201, body: groupRow(context, page, group) };
}

const requestedIds = (context: Context, page: Page) =>
	knownIds(context, page.components, (context.body.component_ids ?? []) as string[], 404);

export const viewerGroupRoutes: Route[] = [
	{
		methods: ['GET'],
		path: PATH,
		query: paging,
		handle(context) {
			const page = pageIn(context);
			return ok(paged(context, page.groups.values()).map((group) => groupRow(context, page, group)));
		},
	},
	{
		methods: ['POST'],
		path: PATH,
		body: fields({ page_access_group: fields(groupFields) }, ['page_access_group']),
		writesViewers: true,
		handle: create,
	},
	{
		methods: ['GET'],
		path: ONE,
		handle(context) {
			const { page, group } = groupIn(context);
			return ok(groupRow(context, page, group));
		},
	},
	{
		methods: ['PATCH', 'PUT'],
		path: ONE,
		body: fields({ page_access_group: fields(groupFields) }, ['page_access_group']),
		writesViewers: true,
		handle(context) {
			const { page, group } = groupIn(context);
			apply(context, page, group, context.body.page_access_group as Json, 404);
			return ok(groupRow(context, page, group));
		},
	},
	{
		methods: ['DELETE'],
		path: ONE,
		writesViewers: true,
		handle(context) {
			const { page, group } = groupIn(context);
			const row = groupRow(context, page, group);
			setViewersOfGroup(page, group, []);
			page.groups.delete(group.id);
			return ok(row);
		},
	},
	{
		methods: ['GET'],
		path: `${ONE}/components`,
		query: paging,
		handle(context) {
			const { page, group } = groupIn(context);
			const rows = [...group.componentIds].flatMap((id) => page.components.get(id) ?? []);
			return ok(
				paged(
					context,
					rows.map((row) => componentRow(page, row)),
				),
			);
		},
	},
	{
		methods: ['PATCH', 'PUT'],
		path: `${ONE}/components`,
		body: fields({ component_ids: idList }, ['component_ids']),
		writesViewers: true,
		handle(context) {
			const { page, group } = groupIn(context);
			for (const id of requestedIds(context, page)) group.componentIds.add(id);
			return ok(groupRow(context, page, group));
		},
	},
	{
		methods: ['POST'],
		path: `${ONE}/components`,
		body: fields({ component_ids: idList }, ['component_ids']),
		writesViewers: true,
		handle(context) {
			const { page, group } = groupIn(context);
			group.componentIds = new Set(requestedIds(context, page));
			return { status: 201, body: groupRow(context, page, group) };
		},
	},
	{
		methods: ['DELETE'],
		path: `${ONE}/components`,
		// Only documented for viewers: without a list, all components are removed. Assumed here too, so tests detect a missing list.
		body: optionalFields({ component_ids: idList }),
		writesViewers: true,
		handle(context) {
			const { page, group } = groupIn(context);
			if (context.body.component_ids === undefined) group.componentIds.clear();
			for (const id of requestedIds(context, page)) group.componentIds.delete(id);
			return ok(groupRow(context, page, group));
		},
	},
	{
		methods: ['DELETE'],
		path: `${ONE}/components/:component_id`,
		writesViewers: true,
		handle(context) {
			const { page, group } = groupIn(context);
			if (!group.componentIds.delete(context.params.component_id ?? ''))
				throw new ApiError(404, 'The requested resource could not be found.');
			return ok(groupRow(context, page, group));
		},
	},
];
