/** A list as users, expressions and AI agents give it: an array, JSON text of one, or text with commas or line breaks. */
export function idList(value: unknown): string[] {
	const entries = Array.isArray(value) ? value : splitText(String(value ?? ''));
	return [...new Set(entries.map((entry) => String(entry ?? '').trim()).filter((entry) => entry !== ''))];
}

function splitText(text: string): unknown[] {
	if (text.trim().startsWith('[')) {
		try {
			const parsed: unknown = JSON.parse(text);
			if (Array.isArray(parsed)) return parsed;
		} catch {
			// Not JSON after all: read as plain text.
		}
	}
	return text.split(/[,;\n]/);
}
