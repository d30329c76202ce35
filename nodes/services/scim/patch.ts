import type { IDataObject } from 'n8n-workflow';

/** One change of a PATCH (RFC 7644, 3.5.2). */
export interface PatchOperation extends IDataObject {
	op: 'add' | 'remove' | 'replace';
	path: string;
}

/** The body of a PATCH. `Operations` has a capital letter, as in Atlassian's examples. */
export function patchBody(operations: PatchOperation[]): IDataObject {
	return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}
