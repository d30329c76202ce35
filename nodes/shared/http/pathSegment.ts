/**
 * One segment of a URL path, encoded. IDs come from users, other nodes and AI agents, and must not lead to another resource.
 *
 * @throws Error if the value is not one path segment; the message completes "The viewer ID …"
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
