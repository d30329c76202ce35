import { component } from '../seed.mts';
import {
	ApiError,
	fields,
	idList,
	knownIds,
	notFound,
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

const PATH = '/pages/:page_id/component-groups';
const ONE = `${PATH}/:id`;

const body = fields(
	{
		description: optionalText,
		component_group: fields({ name: text, components: idList, description: optionalText }, ['name', 'components']),
	},
	['component_group'],
);

const membersOf = (page: Page, groupId: string) =>
	[...page.components.values()].filter(({ group_id }) => group_id === groupId);

function groupRow(page: Page, { id, name, description, position, created_at, updated_at }: Component): Json {
	return {
		id,
		page_id: page.row.id,
		name,
		description,
		// Not in the order in which they were sent.
		components: membersOf(page, id)
			.map((row) => row.id)
			.sort(),
		position: String(position),
		created_at,
		updated_at,
	};
}

/** A component group is a component with `group: true`. */
function groupIn(context: Context): { page: Page; row: Component } {
	const page = pageIn(context);
	const row = one(page.components, context.params.id);
	if (!row.group) throw notFound();
	return { page, row };
}

/** The components that the body names. Throws ApiError for a group without a name or without components. */
function requestedMembers(context: Context, page: Page): string[] {
	const { name, components } = context.body.component_group as { name: string; components: string[] };
	if (name === '') throw new ApiError(422, "Name can't be blank");
	const single = new Map([...page.components].filter(([, row]) => !row.group));
	const members = knownIds(context, single, components, 422);
	if (members.length === 0) throw new ApiError(422, "Components can't be blank");
	return members;
}

function apply(context: Context, page: Page, row: Component, members: string[]): void {
	const { options, state, body: wanted } = context;
	const { name, description: inside } = wanted.component_group as Json;
	const description = options.groupDescription === 'inside' ? inside : wanted.description;
	Object.assign(row, { name, updated_at: state.now() }, description === undefined ? {} : { description });
	const leftGroups = new Set(members.map((id) => page.components.get(id)?.group_id));
	for (const member of membersOf(page, row.id)) member.group_id = null;
	for (const id of members) one(page.components, id).group_id = row.id;
	if (options.emptiedGroups === 'kept') return;
	for (const id of leftGroups) if (id && membersOf(page, id).length === 0) page.components.delete(id);
}

export const componentGroupRoutes: Route[] = [
	{
		methods: ['GET'],
		path: PATH,
		query: paging,
		handle(context) {
			const page = pageIn(context);
			const rows = [...page.components.values()].filter(({ group }) => group);
			return ok(paged(context, rows).map((row) => groupRow(page, row)));
		},
	},
	{
		methods: ['POST'],
		path: PATH,
		body,
		handle(context) {
			const page = pageIn(context);
			const members = requestedMembers(context, page);
			const row = component(context.state.newId(), '', page.components.size, null, true);
			row.created_at = context.state.now();
			page.components.set(row.id, row);
			apply(context, page, row, members);
			return { status: 201, body: groupRow(page, row) };
		},
	},
	{
		methods: ['GET'],
		path: ONE,
		handle(context) {
			const { page, row } = groupIn(context);
			return ok(groupRow(page, row));
		},
	},
	{
		methods: ['PATCH', 'PUT'],
		path: ONE,
		body,
		handle(context) {
			const { page, row } = groupIn(context);
			apply(context, page, row, requestedMembers(context, page));
			return ok(groupRow(page, row));
		},
	},
	{
		// Its components stay on the page.
		methods: ['DELETE'],
		path: ONE,
		handle(context) {
			const { page, row } = groupIn(context);
			const deleted = groupRow(page, row);
			for (const member of membersOf(page, row.id)) member.group_id = null;
			page.components.delete(row.id);
			return ok(deleted);
		},
	},
	{
		methods: ['GET'],
		path: `${ONE}/uptime`,
		query: UPTIME_QUERY,
		handle(context) {
			const { page, row } = groupIn(context);
			if (!membersOf(page, row.id).some(({ showcase }) => showcase))
				throw new ApiError(422, 'No component of the group has uptime showcase enabled');
			return ok(uptimeRow(context, row));
		},
	},
];
