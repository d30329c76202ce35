import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { choicesOf, fieldsOf, groupsOf, type Field } from '../../nodes/shared/fields/field';

/** A field of an operation and the location of its value in the parameters. */
export interface Place {
	field: Field;
	/** Names of parameters and collections, and row indexes. */
	path: Array<string | number>;
	/** How an empty value is handled. */
	whenEmpty: NonNullable<Field['whenEmpty']>;
}

const NO_VALUES = ['notice', 'collection', 'fixedCollection', 'hidden'];

/** Returns all fields of an operation, including those in collections and rows. */
export function placesIn(
	fields: readonly Field[],
	path: Place['path'] = [],
	inherited: Field['whenEmpty'] = undefined,
): Place[] {
	return fields.flatMap((field) => {
		const here = [...path, field.name];
		const whenEmpty = field.whenEmpty ?? (field.required ? 'rejected' : (inherited ?? 'unset'));
		if (field.type === 'collection') return placesIn(fieldsOf(field), here, whenEmpty);
		if (field.type === 'fixedCollection')
			return groupsOf(field).flatMap(({ name, values }) => placesIn(values, [...here, name, 0], whenEmpty));
		return NO_VALUES.includes(field.type) ? [] : [{ field, path: here, whenEmpty }];
	});
}

function valueAtPath(parameters: unknown, path: Place['path']): unknown {
	return path.reduce<unknown>(
		(value, name) =>
			typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[name] : undefined,
		parameters,
	);
}

/** Returns the parameters with another value for the field. Resource locators keep their mode. */
export function withValue(parameters: IDataObject, { path, field }: Place, value: unknown): IDataObject {
	const copy = structuredClone(parameters);
	const current = valueAtPath(copy, path);
	const isLocator = field.type === 'resourceLocator';
	const mode = typeof current === 'object' && current !== null && 'mode' in current ? current.mode : 'id';
	let inner: Record<string | number, unknown> = copy;
	path.slice(0, -1).forEach((name, index) => {
		inner[name] ??= typeof path[index + 1] === 'number' ? [] : {};
		inner = inner[name] as Record<string | number, unknown>;
	});
	inner[path[path.length - 1]] = isLocator ? { __rl: true, mode, value } : value;
	return copy;
}

/** Returns the value of the field, or its default if the parameters don't contain it. */
export function valueAt(parameters: IDataObject, { path, field }: Place): unknown {
	return valueAtPath(parameters, path) ?? field.default;
}

/** A test value for a field. */
export interface TestValue {
	/** Result of an expression. `undefined` is the result of a reference to a missing field. */
	value: unknown;
	/** Expected result: an error that names the field, the same as if the field isn't added, or the same as another value. */
	expected: 'error' | 'notAdded' | { literal: unknown };
}

export const asExpression = (value: unknown) => {
	if (value === undefined) return '={{ $json.nothing }}';
	return Number.isNaN(value) ? '={{ NaN }}' : `={{ ${JSON.stringify(value)} }}`;
};

const error = (value: unknown): TestValue => ({ value, expected: 'error' });
/** Values that no field accepts. */
const NEVER_ACCEPTED = [
	undefined,
	null,
	NaN,
	'undefined',
	'null',
	'[object Object]',
	true,
	false,
	{ a: 1 },
	{ name: 'x' },
	[null],
	[{}],
	[undefined],
];
const acceptsBooleans = (field: Field) => field.type === 'boolean';
/** JSON fields accept any value, and a value that is the name of a field of the item depends on the item. */
const isFree = (field: Field) => field.type === 'json' || field.accepts === 'fieldOrValue';

function sameAs(literal: unknown, ...values: unknown[]): TestValue[] {
	return values.map((value) => ({ value, expected: { literal } }));
}

function emptyTexts({ whenEmpty, field }: Place): TestValue[] {
	const expected =
		whenEmpty === 'omitted' &&
		!['number', 'boolean'].includes(field.type) &&
		(field.type !== 'options' || field.typeOptions)
			? 'notAdded'
			: 'error';
	return ['', ' ', '\n'].map((value) => ({ value, expected }));
}

/** The same time can be given in many forms. */
function timesFor({ accepts }: Field, current: unknown): TestValue[] {
	const wrong = ['2026-02-31', '2026-02-31T10:00:00', '2026-01-31T24:00:00', '31.01.2026', 20260131, 0, []];
	const time = Date.parse(String(current));
	const iso = new Date(Number.isNaN(time) ? Date.UTC(2026, 1, 15, 1) : Math.floor(time / 1000) * 1000).toISOString();
	const seconds = Date.parse(iso) / 1000;
	const forms = [iso.replace('.000Z', 'Z'), iso.replace('Z', '+00:00'), ` ${iso} `];
	const numbers = [seconds, String(seconds), seconds * 1000, String(seconds * 1000)];
	return accepts === 'timestamp'
		? [...[...wrong, seconds / 10, seconds * 10].map(error), ...sameAs(iso, ...forms, ...numbers)]
		: [...[...wrong, ...numbers].map(error), ...sameAs(iso, ...forms)];
}

function valuesForType({ field }: Place, current: unknown): TestValue[] {
	const { type, typeOptions = {} } = field;
	const choices = choicesOf(field);
	if (type === 'number') {
		const { minValue, maxValue, numberPrecision } = typeOptions;
		const outside = [
			...(minValue === undefined ? [] : [minValue - 1]),
			...(maxValue === undefined ? [] : [maxValue + 1]),
			...(numberPrecision === 0 ? [2.5] : []),
		];
		const good = Number(current);
		return [
			...outside.flatMap((value) => [error(value), error(String(value))]),
			...['abc', '1,000', '1e3', '0x10', []].map(error),
			...sameAs(good, good, String(good), ` ${good} `),
		];
	}
	if (type === 'boolean')
		return [
			...['yes', 'on', 2, -1, []].map(error),
			...sameAs(true, true, 'true', 'TRUE', 'True', 1, '1'),
			...sameAs(false, false, 'false', 'FALSE', 0, '0'),
		];
	if (type === 'options' && !typeOptions.loadOptionsMethod) {
		const labels = choices.flatMap(({ name, value }) =>
			sameAs(value, value, name, String(name).toUpperCase(), ` ${String(value)} `),
		);
		return [...['no such choice', 4711, []].map(error), ...labels];
	}
	if (type === 'multiOptions' && !typeOptions.loadOptionsMethod) {
		return [
			...['no such choice', 4711, [choices[0].value, null], [choices[0].value, 'no such choice']].map(error),
			...sameAs([choices[0].value], [choices[0].name], String(choices[0].value), choices[0].name),
		];
	}
	if (type === 'resourceLocator' || typeOptions.loadOptionsMethod) return ['no such name', '../x', 'a/b?c'].map(error);
	if (field.accepts === 'email' || field.accepts === 'emails')
		return ['no address', 'a@', '@b.c', 'a b@c.d', 4711].map(error);
	if (field.accepts === 'people') return ['a@', '../x', 'a@b@c'].map(error);
	if (field.accepts === 'day') return ['2026-02-31', '31.01.2026', 20260131, []].map(error);
	if (type === 'dateTime' || field.accepts === 'instant' || field.accepts === 'timestamp')
		return timesFor(field, current);
	if (field.accepts === 'color')
		return [...['#12', 'no color', 'red;}', '#12345g'].map(error), ...sameAs('#2fcc66', ' #2fcc66 ')];
	if (field.accepts === 'partialDate') return ['2026-13', 'tomorrow', []].map(error);
	return [];
}

/** Returns the test values for a field. `current` is its usual value. */
export function testValuesFor(place: Place, current: unknown): TestValue[] {
	const { field } = place;
	const neverAccepted = NEVER_ACCEPTED.filter((value) => !(acceptsBooleans(field) && typeof value === 'boolean'));
	const general = isFree(field)
		? [undefined, null, NaN, 'undefined', 'null', '[object Object]', true].map(error)
		: [...neverAccepted.map(error), ...emptyTexts(place)];
	return [...general, ...valuesForType(place, current)];
}

/** Arbitrary that picks one value of the list. */
export const oneOf = <T>(list: readonly T[]) => fc.constantFrom(...list);
