import type { IDataObject } from 'n8n-workflow';
import type { SimulatedState } from './simulator';
import { locator } from './world';

/** Names of all objects in the simulator by ID. */
export function namesById({ pages, members }: SimulatedState): Map<string, string> {
	const onPages = Object.values(pages).flatMap(
		({ row, viewers, groups, components, metrics, metricProviders, incidents, templates }) => [
			[row.id, row.name],
			...Object.values(incidents).map((incident) => [incident.row.id, incident.row.name]),
			...Object.values(viewers).map(({ id, email }) => [id, email]),
			...Object.values(metricProviders).map(({ id, type }) => [id, type]),
			...[groups, components, metrics, templates].flatMap((rows) =>
				Object.values(rows).map(({ id, name }) => [id, name]),
			),
		],
	);
	const team = Object.values(members).map(({ row }) => [row.id, row.email]);
	return new Map([...onPages, ...team] as Array<[string, string]>);
}

/** A way to write names in parameters. */
export interface NameForm {
	/** Formats the name of one object. `mode` is the mode of its resource locator. */
	one: (name: string, id: string) => unknown;
	/** Formats a list of names. */
	many: (names: string[], ids: string[]) => unknown;
}

const isEmail = (name: string) => name.includes('@');
const withOddSpelling = (name: string) => name.toUpperCase().replace(/ /g, '\u00a0 ');

/** Each of these forms must have the same effect as the IDs. */
export const NAME_FORMS: Record<string, NameForm> = {
	'in the mode for names': { one: (name) => locator(isEmail(name) ? 'email' : 'name', name), many: (names) => names },
	'as a sheet gives them': {
		one: (name) => locator('id', `={{ ${JSON.stringify(name)} }}`),
		many: (names) => `={{ ${JSON.stringify(names.join(', '))} }}`,
	},
	'as an AI agent gives them': { one: (name) => name, many: (names) => names.join('; ') },
	'with odd blanks and capitals': {
		one: (name) => locator('id', withOddSpelling(name)),
		many: (names) => names.map(withOddSpelling),
	},
	'by expression in the list mode': {
		one: (name) => locator('list', `={{ ${JSON.stringify(name)} }}`),
		many: (names) => `={{ ${JSON.stringify(names)} }}`,
	},
	'as objects': {
		one: (_, id) => locator('list', `={{ ${JSON.stringify(id)} }}`),
		many: (names, ids) => `={{ ${JSON.stringify(ids.map((id, index) => ({ id, name: `not ${names[index]}` })))} }}`,
	},
	'as JSON text': { one: (name) => locator('id', name), many: (names) => JSON.stringify(names) },
};

/** Parses a list of IDs in any of the accepted formats. */
const idsOf = (value: unknown) =>
	(Array.isArray(value) ? (value as string[]) : String(value).split(',')).map((id) => id.trim());

/** Replaces IDs with names, also in collections and rows. Returns `undefined` if no ID has a name. */
export function withNames(
	parameters: IDataObject,
	names: Map<string, string>,
	{ one, many }: NameForm,
): IDataObject | undefined {
	let isChanged = false;
	const convert = (key: string, value: unknown): unknown => {
		if (Array.isArray(value) && value.some((row) => typeof row === 'object'))
			return value.map((row: unknown) => convert(key, row));
		if (/Ids$/.test(key) && ids(value))
			return many(ids(value)?.map((id) => names.get(id) as string) ?? [], ids(value) ?? []);
		if (typeof value === 'object' && value !== null && '__rl' in value) {
			const id = String((value as { value?: unknown }).value);
			const name = names.get(id);
			if (name === undefined) return value;
			isChanged = true;
			return one(name, id);
		}
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, convert(name, inner)]));
		if (/Id$/.test(key) && typeof value === 'string' && names.has(value)) {
			isChanged = true;
			return names.get(value);
		}
		return value;
	};
	const ids = (value: unknown): string[] | undefined => {
		const list = idsOf(value);
		if (list.length === 0 || !list.every((id) => names.has(id))) return undefined;
		isChanged = true;
		return list;
	};
	const converted = convert('', parameters) as IDataObject;
	return isChanged ? converted : undefined;
}
