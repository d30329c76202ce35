import { component } from '../seed.mts';
import {
	ApiError,
	fields,
	flag,
	idList,
	knownIds,
	ok,
	one,
	optionalText,
	paged,
	pageIn,
	paging,
	text,
	type Context,
	type Route,
} from '../route.mts';
import type { Component, Json, Page } from '../state.mts';
import { UPTIME_QUERY, uptimeRow } from '../uptime.mts';

const PATH = '/pages/:page_id/components';
const ONE = `${PATH}/:component_id`;

const STATUSES = ['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage', ''];

const componentFields = {
	description: optionalText,
	status: { type: 'string', enum: STATUSES },
	name: text,
	only_show_if_degraded: flag,
	group_id: optionalText,
	showcase: flag,
	start_date: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
};

const body = fields({ component: fields(componentFields) }, ['component']);

export function componentRow(page: Page, row: Json): Json {
	return { ...row, page_id: page.row.id };
}

function componentIn(context: Context): { page: Page; row: Component } {
	const page = pageIn(context);
	return { page, row: one(page.components, context.params.component_id) };
}

function apply(context: Context, page: Page, row: Component, wanted: Json): void {
	const { group_id, ...rest } = wanted;
	if (group_id !== undefined) {
		const { groupRemoval } = context.options;
		if (group_id === null && groupRemoval === 'word-or-error') throw new ApiError(422, 'Group is invalid');
		const isWord = group_id === 'null' && groupRemoval !== 'null';
		const id = isWord ? null : (group_id as string | null);
		if (id !== null && page.components.get(id)?.group !== true) throw new ApiError(422, 'Group is invalid');
		if (id !== null || isWord || groupRemoval !== 'word') row.group_id = id;
	}
	if (rest.name === '') throw new ApiError(422, "Name can't be blank");
	Object.assign(row, rest, { updated_at: context.state.now() });
}

function audienceRoutes(
	path: string,
	field: string,
	rows: (page: Page) => Map<string, { componentIds: Set<string> }>,
): Route[] {
	return [
		{
			methods: ['POST'],
			path: `${ONE}/${path}`,
			body: fields({ [field]: idList }, [field]),
			writesViewers: true,
			handle(context) {
				const { page, row } = componentIn(context);
				for (const id of knownIds(context, rows(page), context.body[field] as string[], 422))
					rows(page).get(id)?.componentIds.add(row.id);
				return { status: 201, body: componentRow(page, row) };
			},
		},
		{
			// Removes the component from all viewers or groups.
			methods: ['DELETE'],
			path: `${ONE}/${path}`,
			writesViewers: true,
			handle(context) {
				const { page, row } = componentIn(context);
				for (const holder of rows(page).values()) holder.componentIds.delete(row.id);
				return ok(componentRow(page, row));
			},
		},
	];
}

export const componentRoutes: Route[] = [
	{
		methods: ['GET'],
		path: PATH,
		query: paging,
		isSlowUnpaginated: true,
		handle(context) {
			const page = pageIn(context);
			return ok(paged(context, page.components.values()).map((row) => componentRow(page, row)));
		},
	},
	{
		methods: ['POST'],
		path: PATH,
		body,
		handle(context) {
			const page = pageIn(context);
			const wanted = context.body.component as Json;
			if (!wanted.name) throw new ApiError(422, "Name can't be blank");
			const row = component(context.state.newId(), '', page.components.size, null, false);
			apply(context, page, row, wanted);
			row.created_at = context.state.now();
			page.components.set(row.id, row);
			return { status: 201, body: componentRow(page, row) };
		},
	},
	{
		methods: ['GET'],
		path: ONE,
		handle(context) {
			const { page, row } = componentIn(context);
			return ok(componentRow(page, row));
		},
	},
	{
		methods: ['PATCH', 'PUT'],
		path: ONE,
		body,
		handle(context) {
			const { page, row } = componentIn(context);
			apply(context, page, row, context.body.component as Json);
			return ok(componentRow(page, row));
		},
	},
	{
		methods: ['DELETE'],
		path: ONE,
		handle(context) {
			const { page, row } = componentIn(context);
			page.components.delete(row.id);
			for (const holder of [...page.viewers.values(), ...page.groups.values()]) holder.componentIds.delete(row.id);
			const hasSiblings = [...page.components.values()].some(({ group_id }) => group_id === row.group_id);
			// Deleting the last component of a component group deletes the group. Deleting a group keeps its components.
			if (row.group_id !== null && !hasSiblings) page.components.delete(row.group_id);
			for (const child of page.components.values()) if (child.group_id === row.id) child.group_id = null;
			return { status: 204 };
		},
	},
	{
		methods: ['GET'],
		path: `${ONE}/uptime`,
		query: UPTIME_QUERY,
		handle(context) {
			const { row } = componentIn(context);
			if (!row.showcase) throw new ApiError(422, 'Component does not have uptime showcase enabled');
			return ok(uptimeRow(context, row));
		},
	},
	...audienceRoutes('page_access_users', 'page_access_user_ids', (page) => page.viewers),
	...audienceRoutes('page_access_groups', 'page_access_group_ids', (page) => page.groups),
];
