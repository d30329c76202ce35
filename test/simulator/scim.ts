import type { Simulator } from '../support/simulator';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const ACCOUNT = 'urn:scim:schemas:extension:atlassian-external:1.0';
export const CUSTOM = 'urn:acme:scim:Badge';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Defaults of the options that tests change, because a reset keeps changed options. */
export const DEFAULTS = {
	viewers: 250,
	limit: 60,
	windowSeconds: 60,
	retryAfter: 'seconds',
	latency: 0,
	unknownIds: 'refuse',
	scimLimit: 0,
	scimPageSize: 100,
	accountExtension: '1.0',
	memberPaths: 'taken',
	directoryUsers: 250,
	directoryGroups: 8,
	seed: 1,
};

/** A user or group in a response. */
export interface Resource {
	id: string;
	schemas: string[];
	[name: string]: unknown;
}

export interface List {
	totalResults: number;
	startIndex: number;
	itemsPerPage: number;
	Resources: Resource[];
}

export interface Answer<Body> {
	status: number;
	headers: { get: (name: string) => string | null };
	body: Body;
}

/** Sends a request to the directory and parses the JSON response, if any. */
export async function ask<Body = Resource>(
	simulator: Simulator,
	method: string,
	path: string,
	body?: unknown,
	headers?: Record<string, string>,
): Promise<Answer<Body>> {
	const answer = await simulator.sendScim(method, path, { body, headers });
	return {
		status: answer.status,
		headers: answer.headers,
		body: (answer.status === 204 ? undefined : await answer.json()) as Body,
	};
}

export async function patch(simulator: Simulator, path: string, ...Operations: unknown[]): Promise<Answer<Resource>> {
	return await ask(simulator, 'PATCH', path, { schemas: [PATCH_OP], Operations });
}

/** Returns a new user with the required attributes and the given ones. */
export function person(email: string, more: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		schemas: [USER, ...Object.keys(more).filter((name) => name.startsWith('urn:'))],
		userName: email,
		emails: [{ value: email, type: 'work', primary: true }],
		...more,
	};
}

export function team(displayName: string, memberIds: string[] = []): Record<string, unknown> {
	return { schemas: [GROUP], displayName, members: memberIds.map((value) => ({ value })) };
}

/** Returns the expected body of an error response. */
export function rejection(
	status: number,
	scimType?: string,
	detail: unknown = expect.any(String),
): Record<string, unknown> {
	return { schemas: [ERROR], status: String(status), ...(scimType ? { scimType } : {}), detail };
}
