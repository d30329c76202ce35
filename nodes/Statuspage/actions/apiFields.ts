import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../shared/fields/field';
import type { Values } from '../../shared/operations/values';

/** Fields by their names in the API. */
export type ApiFields = Readonly<Record<string, Field>>;

function valueOf(values: Values, { name, type, accepts }: Field): string | boolean | undefined {
	if (type === 'boolean') return values.flag(name);
	return accepts === 'email' ? values.email(name).email : values.optionalText(name);
}

/** The added fields of a collection, named as in the API. A field that was not added is left out, which is not the same as false. */
export function bodyOf(values: Values, fields: ApiFields): IDataObject {
	const added = Object.entries(fields).filter(([, { name }]) => values.has(name));
	return Object.fromEntries(added.map(([apiName, field]) => [apiName, valueOf(values, field)]));
}
