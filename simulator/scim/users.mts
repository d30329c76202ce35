import SCIMMY from 'scimmy';
import type { Answer } from '../service.mts';
import { attributesBody, knownUser, paging, type Call, type ScimRoute } from './call.mts';
import type { Attributes, DirectoryUser, Extensions } from './directory.mts';
import { badRequest } from './errors.mts';
import { applyChanges } from './extensions.mts';
import { parseComparison } from './filter.mts';
import { listAnswer, pageOf } from './list.mts';
import { parseChanges, toPatchMessage } from './patch.mts';
import { ACCOUNT_URN, isCustom, user as definition } from './schemas.mts';
import { selectionOf, selectionQuery, type Selection } from './selection.mts';
import { attributesOf, removeUser, saveUser, userData } from './userRecords.mts';
import { written } from './written.mts';

const { User } = SCIMMY.Resources;

/** Context that scimmy passes to the handlers. */
interface UserCall extends Call {
	/** For a write: custom extensions, which scimmy would drop. */
	extensions?: Extensions;
	/** For a list: the users on the requested page. */
	rows?: DirectoryUser[];
}

SCIMMY.Resources.declare(User, {
	egress({ id }: SCIMMY.Resources.User, call: UserCall) {
		return id === undefined
			? (call.rows ?? []).map((user) => userData(call, user))
			: userData(call, knownUser(call, id));
	},
	ingress({ id }: SCIMMY.Resources.User, instance: SCIMMY.Schemas.User, call: UserCall) {
		return userData(call, saveUser(call, id, attributesOf(instance), call.extensions ?? {}));
	},
	degress: ({ id }: SCIMMY.Resources.User, call: UserCall) => removeUser(call, knownUser(call, id)),
});

/** Adds the extensions that scimmy has no schema for to its response. */
function withExtensions({ options, directory }: Call, { pick }: Selection, rendered: SCIMMY.Schemas.User): Attributes {
	const standard = JSON.parse(JSON.stringify(rendered)) as Attributes & { id: string };
	const { accountId, extensions = {} } = directory.users.get(standard.id) ?? {};
	const shown: Attributes = {
		...standard,
		...pick({ [`${ACCOUNT_URN}${options.accountExtension}`]: { atlassianAccountId: accountId }, ...extensions }),
	};
	return { ...shown, schemas: [definition.id, ...Object.keys(shown).filter((name) => name.startsWith('urn:'))] };
}

async function readUser(call: Call, selection: Selection, id: string, status = 200): Promise<Answer> {
	const rendered = await new User(id, selection.config).read(call);
	return { status, body: withExtensions(call, selection, rendered as SCIMMY.Schemas.User) };
}

/** Returns the users that match the filter. User names are compared without case, external IDs with case. */
function filterUsers({ directory: { users, userNames }, query: { filter } }: Call): {
	total: number;
	rows: Iterable<DirectoryUser>;
} {
	if (filter === undefined) return { total: users.size, rows: users.values() };
	const { name, value } = parseComparison(filter, ['userName', 'externalId']);
	const named = users.get(userNames.get(value.toLowerCase()) ?? '');
	const rows =
		name === 'externalId'
			? [...users.values()].filter(({ attributes }) => attributes.externalId === value)
			: named
				? [named]
				: [];
	return { total: rows.length, rows };
}

async function list(call: Call): Promise<Answer> {
	const selection = selectionOf(call.query);
	const { total, rows: all } = filterUsers(call);
	const rows = pageOf(call, all);
	const page = (await new User(undefined, { ...selection.config, count: rows.length }).read({
		...call,
		rows,
	})) as SCIMMY.Messages.ListResponse;
	return listAnswer(
		call,
		page,
		total,
		page.Resources.map((rendered) => withExtensions(call, selection, rendered)),
	);
}

async function create(call: Call): Promise<Answer> {
	const selection = selectionOf(call.query);
	const { standard, extensions } = written(definition, call.body);
	const { id } = await new User().write(standard, { ...call, extensions });
	return await readUser(call, selection, id, 201);
}

async function replace(call: Call): Promise<Answer> {
	const selection = selectionOf(call.query);
	const { id } = knownUser(call, call.params.id);
	const { standard, extensions } = written(definition, call.body);
	await new User(id).write(standard, { ...call, extensions });
	return await readUser(call, selection, id);
}

async function patch(call: Call): Promise<Answer> {
	// The selection isn't passed to scimmy, because it would save the user without the excluded attributes.
	const selection = selectionOf(call.query);
	const { id, attributes, extensions: before } = knownUser(call, call.params.id);
	const changes = parseChanges(call.body);
	const readOnly = changes.find(({ path }) => /^groups\b/i.test(path) || path.startsWith(ACCOUNT_URN));
	if (readOnly) throw badRequest('mutability', `Attribute '${readOnly.path}' is read-only`);
	const extensions = applyChanges(
		before,
		changes.filter(({ path }) => isCustom(path)),
	);
	const standard = changes.filter(({ path }) => !isCustom(path));
	if (standard.length > 0) await new User(id).patch(toPatchMessage(definition, standard), { ...call, extensions });
	else saveUser(call, id, attributes, extensions);
	return await readUser(call, selection, id);
}

const PATH = '/Users';
const ONE = `${PATH}/:id`;

export const userRoutes: ScimRoute[] = [
	{ methods: ['GET'], path: PATH, query: { ...paging, ...selectionQuery }, handle: list },
	{ methods: ['POST'], path: PATH, query: selectionQuery, body: attributesBody, handle: create },
	{
		methods: ['GET'],
		path: ONE,
		query: selectionQuery,
		handle: async (call) => await readUser(call, selectionOf(call.query), knownUser(call, call.params.id).id),
	},
	{ methods: ['PUT'], path: ONE, query: selectionQuery, body: attributesBody, handle: replace },
	{ methods: ['PATCH'], path: ONE, query: selectionQuery, body: attributesBody, handle: patch },
	{
		methods: ['DELETE'],
		path: ONE,
		async handle(call) {
			await new User(knownUser(call, call.params.id).id).dispose(call);
			return { status: 204 };
		},
	},
];
