import type { Schema } from '../service.mts';
import type { Json } from './state.mts';

/** Converts text in form data to booleans where the schema expects them, as Rails does. */
export function withTypes(value: unknown, schema: Schema): unknown {
	if (schema.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
	if (schema.type !== 'object' || typeof value !== 'object' || value === null) return value;
	const properties = (schema.properties ?? {}) as Record<string, Schema>;
	return Object.fromEntries(
		Object.entries(value as Json).map(([name, entry]) => [
			name,
			properties[name] ? withTypes(entry, properties[name]) : entry,
		]),
	);
}
