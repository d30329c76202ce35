import type { IDataObject } from 'n8n-workflow';
import { pathSegment } from '../../shared/http/pathSegment';
import { isDirectoryId } from './kinds';

/** The last part of a URL's path. */
function lastPart(url: string): string | undefined {
	return url.trim().replace(/\/+$/, '').split('/').at(-1);
}

/**
 * The Directory ID of the credential, encoded as a path segment.
 *
 * @throws Error for a value that is not an ID, and for a Base URL that already contains the Directory ID
 */
export function directorySegment({ directoryId, baseUrl }: IDataObject): string {
	const text = String(directoryId ?? '');
	if (text.includes('://')) {
		const part = lastPart(text) ?? '';
		throw new Error(
			`'Directory ID' in the credential is a full URL. Enter only its last part${isDirectoryId(part) ? `: ${part}` : ''}`,
		);
	}
	const end = lastPart(String(baseUrl ?? '')) ?? '';
	if (isDirectoryId(end))
		throw new Error(
			"'Base URL' in the credential ends with a Directory ID. Remove the ID, e.g. https://api.atlassian.com/scim/directory",
		);
	try {
		return pathSegment(directoryId);
	} catch (error) {
		throw new Error(`'Directory ID' in the credential ${(error as Error).message}`);
	}
}
