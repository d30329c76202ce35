import type { Table } from '../client/endpoint';
import { fieldsOf, groupsOf, type Field } from '../fields/field';
import type { Operation } from './operation';

function ofFields(fields: readonly Field[]): string[] {
	return fields.flatMap((field) => [
		...(field.uses ?? []),
		...ofFields(fieldsOf(field)),
		...groupsOf(field).flatMap(({ values }) => ofFields(values)),
	]);
}

/** The read that shows whether a DELETE was done. */
function settling({ settledBy }: Table[string]): string[] {
	if (!settledBy) return [];
	return ['get' in settledBy ? settledBy.get : settledBy.list];
}

/** All endpoints that an operation may use: its own, those of its fields, and reads after an unclear deletion. */
export function usesOf({ uses, fields }: Pick<Operation, 'uses' | 'fields'>, endpoints: Table): string[] {
	const named = [...uses, ...ofFields(fields)];
	return [...new Set([...named, ...named.flatMap((name) => settling(endpoints[name]))])];
}
