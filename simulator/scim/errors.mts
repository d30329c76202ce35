import SCIMMY from 'scimmy';

export const ScimError = SCIMMY.Types.Error;

/** A rejection with 400. */
export function refused(
	scimType: 'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability',
	detail: string,
) {
	return new ScimError(400, scimType, detail);
}

/** A rejection with 409; the form of the text is the one recorded for e-mails. */
export function taken(resource: 'USER' | 'GROUP', attribute: string, value: string) {
	return new ScimError(409, 'uniqueness', `Resource [${resource}]: with ${attribute}[${value}] already exists.`);
}

/** A rejection without `scimType`. */
export function failed(status: 403 | 404, detail: string) {
	return new ScimError(status, '', detail);
}

/** The status is a text. scimmy's own message takes only the statuses of RFC 7644, which lack 415 and 429. */
export function errorBody(status: number, detail: string, scimType = ''): Record<string, unknown> {
	return {
		schemas: [SCIMMY.Messages.ErrorResponse.id],
		status: String(status),
		...(scimType ? { scimType } : {}),
		detail,
	};
}
