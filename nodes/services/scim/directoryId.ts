import type { IDataObject } from 'n8n-workflow';
import { pathSegment } from '../../shared/http/pathSegment';
import { isDirectoryId } from './kinds';

/** The last part of a URL that was pasted as a whole. */
function lastPart(url: string): string | undefined {
	return url.trim().replace(/\/+$/, '').split('/').at(-1);
}

function notAnId(reason: unknown): Error {
	return new Error(`The Directory ID of the credential ${(reason as Error).message}`);
}

/**
 * The directory of the credential as a part of the path.
 *
 * @throws Error with a sentence for one that is not an ID, and for a Base URL that ends with it
 */
export function directorySegment({ directoryId, baseUrl }: IDataObject): string {
	const text = String(directoryId ?? '');
	if (text.includes('://')) {
		const part = lastPart(text) ?? '';
		throw new Error(
			`The Directory ID of the credential is a whole URL. Enter its last part alone${isDirectoryId(part) ? `: ${part}` : ''}`,
		);
	}
	const end = lastPart(String(baseUrl ?? '')) ?? '';
	if (isDirectoryId(end))
		throw new Error(
			'The Base URL of the credential ends with a Directory ID. Enter it without: https://api.atlassian.com/scim/directory',
		);
	try {
		return pathSegment(directoryId);
	} catch (error) {
		throw notAnId(error);
	}
}
