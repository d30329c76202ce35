import type { IDataObject } from 'n8n-workflow';

/** An expression that only reads a field of the item, e.g. {{ $json.email }} or {{ $json["Last Name"].first }}. */
const REFERENCE = /^=\{\{\s*\$json((?:\.[A-Za-z]\w*|\["[^"\\]*"\]|\['[^'\\]*'\])+)\s*\}\}$/;
const STEP = /\.(\w+)|\[["'](.*?)["']\]/g;

/** References by expression, since all items of a run have the same ones. */
const paths = new Map<string, readonly string[] | undefined>();
const MOST_PATHS = 1000;

/** The fields that lead to the value; undefined if n8n must evaluate the expression. */
function pathOf(expression: string): readonly string[] | undefined {
	if (paths.has(expression)) return paths.get(expression);
	const [, steps] = REFERENCE.exec(expression) ?? [];
	const path = steps === undefined ? undefined : [...steps.matchAll(STEP)].map(([, name, quoted]) => name ?? quoted);
	if (paths.size >= MOST_PATHS) paths.clear();
	paths.set(expression, path);
	return path;
}

/** A value that an expression returns as it is. n8n converts others, e.g. dates, and explains missing ones. */
function isPlain(value: unknown): boolean {
	if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string');
	return (
		typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
	);
}

function valueAt(json: IDataObject, path: readonly string[]): unknown {
	let value: unknown = json;
	for (const name of path) {
		// n8n blocks names such as constructor, and adds its own functions to texts and lists.
		const isField = typeof value === 'object' && value !== null && !Array.isArray(value) && !(name in Object.prototype);
		if (!isField || !Object.hasOwn(value as object, name)) return undefined;
		value = (value as IDataObject)[name];
	}
	return value;
}

/**
 * The value of a parameter whose expressions only read fields of the item, or that has none. n8n's own evaluation takes up to a
 * millisecond per expression, which is more than half of the time of a run with thousands of items.
 *
 * @param raw the parameter with unresolved expressions
 * @returns undefined if n8n must evaluate the parameter
 */
export function plainValue(raw: unknown, json: IDataObject): unknown {
	if (typeof raw === 'string' && raw.startsWith('=')) {
		const path = pathOf(raw);
		const value = path && valueAt(json, path);
		return isPlain(value) ? value : undefined;
	}
	if (typeof raw !== 'object' || raw === null) return raw;
	if (Array.isArray(raw)) {
		const entries = raw.map((entry) => plainValue(entry, json));
		return entries.includes(undefined) ? undefined : entries;
	}
	if (Object.getPrototypeOf(raw) !== Object.prototype) return undefined;
	const fields = Object.entries(raw).map(([name, value]): [string, unknown] => [name, plainValue(value, json)]);
	return fields.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(fields);
}
