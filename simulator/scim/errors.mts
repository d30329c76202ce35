import SCIMMY from 'scimmy';

export const ScimError = SCIMMY.Types.Error;

/** Error 400. */
export function badRequest(
	scimType: 'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability',
	detail: string,
) {
	return new ScimError(400, scimType, detail);
}

/** Error 409. The message has the format of a recorded response for emails. */
export function conflict(resource: 'USER' | 'GROUP', attribute: string, value: string) {
	return new ScimError(409, 'uniqueness', `Resource [${resource}]: with ${attribute}[${value}] already exists.`);
}

/** Error without `scimType`. */
export function statusError(status: 403 | 404, detail: string) {
	return new ScimError(status, '', detail);
}

/** SCIM error response, where the status is a string. scimmy's own message doesn't support 415 and 429. */
export function errorBody(status: number, detail: string, scimType = ''): Record<string, unknown> {
	return {
		schemas: [SCIMMY.Messages.ErrorResponse.id],
		status: String(status),
		...(scimType ? { scimType } : {}),
		detail,
	};
}
