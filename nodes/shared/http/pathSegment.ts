/**
 * One segment of a URL path, encoded. An ID comes from users, other nodes and AI agents: it must never reach another resource
 * than the one that the operation names.
 *
 * @throws Error with a reason that fits behind "The viewer ID ", when the value is not one path segment
 */
export function pathSegment(value: unknown): string {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text.trim() === '') throw new Error('is empty');
	const segment = text.trim();
	if (segment === '.' || segment === '..' || /[/\\?#\s\p{Cc}]/u.test(segment)) {
		throw new Error(`is not an ID: "${segment.slice(0, 60)}"`);
	}
	return encodeURIComponent(segment);
}
