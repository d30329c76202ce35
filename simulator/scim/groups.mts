import SCIMMY from 'scimmy';
import type { Answer } from '../service.mts';
import { attributesBody, knownGroup, paging, type Call, type ScimRoute } from './call.mts';
import { setMembers, type DirectoryGroup } from './directory.mts';
import { badRequest, statusError } from './errors.mts';
import { parseComparison } from './filter.mts';
import { groupData, saveGroup } from './groupRecords.mts';
import { listAnswer, pageOf } from './list.mts';
import { parseChanges, toPatchMessage } from './patch.mts';
import { group as definition } from './schemas.mts';
import { written } from './written.mts';

const { Group } = SCIMMY.Resources;

/** Context that scimmy passes to the handlers. */
interface GroupCall extends Call {
	/** For a list: the groups on the requested page. */
	rows?: DirectoryGroup[];
}

SCIMMY.Resources.declare(Group, {
	egress({ id }: SCIMMY.Resources.Group, call: GroupCall) {
		return id === undefined
			? (call.rows ?? []).map((group) => groupData(call, group))
			: groupData(call, knownGroup(call, id));
	},
	ingress({ id }: SCIMMY.Resources.Group, instance: SCIMMY.Schemas.Group, call: GroupCall) {
		return groupData(call, saveGroup(call, id, instance));
	},
	degress({ id }: SCIMMY.Resources.Group, call: GroupCall) {
		const group = knownGroup(call, id);
		setMembers(call.directory, group, []);
		call.directory.groups.delete(group.id);
	},
});

/** Returns a group that can be provisioned. It is documented that default groups can't be, but not with which status code. */
function provisionableGroup(call: Call): DirectoryGroup {
	const group = knownGroup(call, call.params.id);
	if (group.isDefault) throw statusError(403, `Group ${group.displayName} is a default group`);
	return group;
}

async function readGroup(call: Call, id: string, status = 200): Promise<Answer> {
	return { status, body: await new Group(id).read(call) };
}

/** Returns the groups that match the filter. Names are compared without case, as the schema says. */
function filterGroups({ directory: { groups }, query: { filter } }: Call): DirectoryGroup[] {
	const all = [...groups.values()];
	if (filter === undefined) return all;
	const { value } = parseComparison(filter, ['displayName']);
	return all.filter(({ displayName }) => displayName.toLowerCase() === value.toLowerCase());
}

async function list(call: Call): Promise<Answer> {
	const all = filterGroups(call);
	const rows = pageOf(call, all);
	const page = await new Group(undefined, { count: rows.length }).read({ ...call, rows });
	return listAnswer(call, page as SCIMMY.Messages.ListResponse, all.length);
}

async function create(call: Call): Promise<Answer> {
	const { id } = await new Group().write(written(definition, call.body).standard, call);
	return await readGroup(call, id, 201);
}

async function replace(call: Call): Promise<Answer> {
	const { id } = provisionableGroup(call);
	await new Group(id).write(written(definition, call.body).standard, call);
	return await readGroup(call, id);
}

async function patch(call: Call): Promise<Answer> {
	const { id } = provisionableGroup(call);
	const changes = parseChanges(call.body);
	const filtered = changes.find(({ path }) => path.includes('['));
	if (filtered && call.options.memberPaths === 'rejected')
		throw badRequest('invalidPath', `Invalid path '${filtered.path}'`);
	// The group can't change between scimmy's read and write, because no I/O happens in between.
	await new Group(id).patch(toPatchMessage(definition, changes), call);
	return await readGroup(call, id);
}

const PATH = '/Groups';
const ONE = `${PATH}/:id`;

/** The API reference has no attribute selection for groups, so every list includes all members. */
export const groupRoutes: ScimRoute[] = [
	{ methods: ['GET'], path: PATH, query: paging, handle: list },
	{ methods: ['POST'], path: PATH, body: attributesBody, handle: create },
	{ methods: ['GET'], path: ONE, handle: async (call) => await readGroup(call, knownGroup(call, call.params.id).id) },
	{ methods: ['PUT'], path: ONE, body: attributesBody, handle: replace },
	{ methods: ['PATCH'], path: ONE, body: attributesBody, handle: patch },
	{
		methods: ['DELETE'],
		path: ONE,
		async handle(call) {
			await new Group(provisionableGroup(call).id).dispose(call);
			return { status: 204 };
		},
	},
];
