const MAX_LENGTH = 500;

/** The texts in a value of unknown shape: a string, a list, or a map of field names to texts. */
function texts(value: unknown, field?: string): string[] {
	if (typeof value === 'string') return value.trim() ? [field ? `${field}: ${value.trim()}` : value.trim()] : [];
	if (typeof value === 'number' || typeof value === 'boolean') return texts(String(value), field);
	if (Array.isArray(value)) return value.flatMap((entry) => texts(entry, field));
	if (value && typeof value === 'object') {
		return Object.entries(value).flatMap(([key, entry]) =>
			texts(entry, /^(message|error|detail)s?$/.test(key) ? field : key),
		);
	}
	return [];
}

/** An HTML page comes from a proxy or a load balancer. Only its title is useful. */
function htmlText(html: string): string {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1];
	return (title ?? html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
}

/**
 * The message in the body of an error, in the service's own words; empty if there is none.
 * Known shapes: `{error}`, `{message}`, `{errors}` or `{detail}` with a text, a list or a map of fields; plain text; HTML; nothing.
 */
export function serviceMessage(body: unknown): string {
	let found: string[];
	if (typeof body === 'string') {
		found = texts(/^\s*</.test(body) ? htmlText(body) : body);
	} else if (body && typeof body === 'object' && !Array.isArray(body)) {
		const { error, message, errors, detail } = body as Record<string, unknown>;
		found = [error, message, errors, detail].flatMap((value) => texts(value));
		// The name of a schema (RFC 7644) is no help for people.
		if (found.length === 0) found = texts({ ...body, schemas: undefined });
	} else {
		found = texts(body);
	}
	return [...new Set(found)].join('; ').slice(0, MAX_LENGTH);
}
