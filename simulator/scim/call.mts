import type { FastifyRequest } from 'fastify';
import type { Options } from '../options.mts';
import type { Answer, Operation, Schema } from '../service.mts';
import type { Simulator } from '../simulator.mts';
import type { Attributes, Directory, DirectoryGroup, DirectoryUser } from './directory.mts';
import { errorBody, ScimError, statusError } from './errors.mts';

/** Context of one request. scimmy passes it to the resource handlers, which are global and have no other access to the simulator. */
export interface Call {
	options: Options;
	directory: Directory;
	/** URL of the directory as the client sent it. */
	url: string;
	params: Record<string, string>;
	query: Record<string, string>;
	body: Attributes;
}

export interface ScimRoute extends Omit<Operation, 'work'> {
	handle: (call: Call) => Answer | Promise<Answer>;
}

export const text: Schema = { type: 'string' };
/** Body of POST, PUT and PATCH. scimmy validates the attributes. */
export const attributesBody: Schema = { type: 'object' };
/** `startIndex` counts from 1. */
export const paging: Record<string, Schema> = {
	filter: text,
	startIndex: { type: 'string', pattern: '^[1-9]\\d*$' },
	count: { type: 'string', pattern: '^\\d+$' },
};

export async function answerTo(
	{ options, directory }: Simulator,
	route: ScimRoute,
	request: FastifyRequest,
): Promise<Answer> {
	const params = request.params as Record<string, string>;
	try {
		if (params.directory_id !== directory.id) throw statusError(404, `Directory ${params.directory_id} not found`);
		return await route.handle({
			options,
			directory,
			url: `${request.protocol}://${request.host}/scim/directory/${directory.id}`,
			params,
			query: request.query as Record<string, string>,
			body: (request.body ?? {}) as Attributes,
		});
	} catch (error) {
		if (error instanceof ScimError)
			return { status: error.status, body: errorBody(error.status, error.message, error.scimType) };
		throw error;
	}
}

export function knownUser({ directory }: Call, id = ''): DirectoryUser {
	const user = directory.users.get(id);
	if (!user) throw statusError(404, `Resource ${id} not found`);
	return user;
}

export function knownGroup({ directory }: Call, id = ''): DirectoryGroup {
	const group = directory.groups.get(id);
	if (!group) throw statusError(404, `Resource ${id} not found`);
	return group;
}
