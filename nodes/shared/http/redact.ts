/** A copy of a JSON value without the secret. Services and error libraries sometimes quote the request. */
export function redact<T>(value: T, secret: string): T {
	if (!secret) return value;
	// Longest first: an encoded form can contain the secret itself.
	const forms = [...new Set([encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), secret])];
	const clean = (entry: unknown): unknown => {
		if (typeof entry === 'string') return forms.reduce((text, form) => text.replaceAll(form, '***'), entry);
		if (Array.isArray(entry)) return entry.map(clean);
		if (entry && typeof entry === 'object') {
			return Object.fromEntries(Object.entries(entry).map(([key, inner]) => [clean(key) as string, clean(inner)]));
		}
		return entry;
	};
	return clean(value) as T;
}
