/**
 * The URL in a text; undefined if it is none. `URL.canParse` is not used, because in Node.js 20 it rejects letters such as "ü" once the
 * calling code is optimized.
 *
 * @param base resolves a relative URL
 */
export function parsedUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}
