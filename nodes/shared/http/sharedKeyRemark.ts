import type { Connection } from './connection';

/**
 * A hint if requests of this run were rejected although this process left room in the window of the key; undefined otherwise, and where
 * no key was used.
 */
export function sharedKeyRemark({
	serviceName,
	isShared,
	report,
	window,
}: Pick<Connection, 'serviceName' | 'report'> & Partial<Pick<Connection, 'isShared' | 'window'>>): string | undefined {
	if (isShared || report.rejections === 0 || !window?.isUsedElsewhere) return undefined;
	return `${serviceName} rejected requests although this n8n process sent fewer than its limit. Other n8n workers or programs probably use the same API key. If so, turn on 'Shared With Other Processes' in the credential`;
}
