import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/transport/failures';

/**
 * The rows of a list that is not paged, with or without an envelope.
 *
 * @throws Failure when it is neither
 */
export function resourcesIn(answer: unknown): IDataObject[] {
	const rows = Array.isArray(answer) ? answer : (answer as IDataObject | null)?.Resources;
	if (Array.isArray(rows)) return rows as IDataObject[];
	throw new Failure({ kind: 'answer', message: 'Atlassian answered with something that is not a list', advice: 'Check the Base URL of the credential', body: answer });
}
