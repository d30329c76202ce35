import type { IDataObject } from 'n8n-workflow';
import type { PatchOperation } from '../../../services/scim/patch';
import { ACCOUNT_EXTENSION, USER_SCHEMA } from '../../../services/scim/directoryObjects';
import { isObject } from '../../../shared/client/answer';
import { describeValue, isMissing } from '../../../shared/operations/invalidValue';
import type { Values } from '../../../shared/operations/values';
import type { ScimInput } from '../scimOperation';
import { emailsOf, TEXT_ATTRIBUTES } from './attributes';

/** One attribute that an item sets, and where. */
interface Setting {
	/** The complex attribute or the extension. */
	within?: string;
	key: string;
	/** Empty text or null: the attribute is to be cleared. */
	value: unknown;
}

/** The directory sets these itself, or they have fields or operations of their own. Names of SCIM have no case (RFC 7643, 2.1). */
const NOT_CUSTOM: Array<[RegExp, string]> = [
	[/^schemas$/i, 'is set by this node'],
	[/^(id|meta)$/i, 'is set by Atlassian'],
	[ACCOUNT_EXTENSION, 'is set by Atlassian'],
	[/^groups$/i, "follows from the groups: use 'Add Members'"],
	[/^active$/i, "has operations of its own: 'Deactivate' and 'Reactivate'"],
	[/^userName$/i, "has a field of its own: 'User Name'"],
	[/^emails$/i, "has a field of its own: 'Email'"],
	[new RegExp(`^${USER_SCHEMA}(:|$)`, 'i'), 'is the URN of what stands without one'],
];

const isUrn = (name: string) => /^urn:/i.test(name);

/** Where it stands, as PATCH and messages name it. */
function pathOf({ within, key }: Setting): string {
	if (within === undefined) return key;
	return isUrn(within) ? `${within}:${key}` : `${within}.${key}`;
}

function customSettings(input: ScimInput, attributes: Record<string, unknown>): Setting[] {
	return Object.entries(attributes).flatMap(([key, entry]): Setting[] => {
		const [, reason] = NOT_CUSTOM.find(([name]) => name.test(key)) ?? [];
		if (reason) throw input.invalid('customAttributes', `must not have "${key}": it ${reason}`);
		// Single attributes of an extension, so that its others stay.
		const settings =
			isUrn(key) && isObject(entry)
				? Object.entries(entry).map(([inner, innerValue]) => ({
						within: key,
						key: inner,
						value: innerValue as unknown,
					}))
				: [{ key, value: entry }];
		const missing = settings.find(({ value }) => value !== null && isMissing(value));
		if (missing)
			throw input.invalid(
				'customAttributes',
				`has ${describeValue(missing.value)} for "${pathOf(missing)}"`,
				'Use null to clear an attribute',
			);
		return settings;
	});
}

function phoneNumbersIn(rows: Values[]): IDataObject[] {
	return rows.map((row) => ({
		value: row.text('value'),
		type: row.text('type'),
		...(row.flag('primary') ? { primary: true } : {}),
	}));
}

/** What the optional fields of an item set; those that were not added are not there. */
function settingsIn(input: ScimInput, values: Values): Setting[] {
	const texts = TEXT_ATTRIBUTES.filter(({ name }) => values.has(name)).map(
		({ name, within, key }): Setting => ({ within, key, value: values.text(name) }),
	);
	const phones: Setting[] = values.has('phoneNumbers')
		? [{ key: 'phoneNumbers', value: phoneNumbersIn(values.rows('phoneNumbers')) }]
		: [];
	const custom = customSettings(input, values.object('customAttributes') ?? {});
	const fields = [...texts, ...phones];
	const taken = fields.map((field) => pathOf(field).toLowerCase());
	const clash = custom
		.map(pathOf)
		.find((path) => taken.some((other) => other === path.toLowerCase() || other.startsWith(`${path.toLowerCase()}.`)));
	if (clash) throw input.invalid('customAttributes', `sets what a field of this node sets as well: ${clash}`);
	return [...fields, ...custom];
}

function isEmpty(value: unknown): boolean {
	return value === '' || value === null || (Array.isArray(value) && value.length === 0);
}

/** A whole user, for creating and replacing: what is empty is left out. */
export function userBody(
	input: ScimInput,
	{ userName, email, active }: { userName: string; email: string; active: boolean },
): IDataObject & { userName: string } {
	const body: IDataObject & { userName: string } = {
		schemas: [USER_SCHEMA],
		userName,
		emails: emailsOf(email),
		active,
	};
	for (const { within, key, value } of settingsIn(input, input.values.collection('additionalFields'))) {
		if (isEmpty(value)) continue;
		if (within === undefined) body[key] = value as IDataObject;
		else body[within] = { ...(body[within] as IDataObject | undefined), [key]: value as IDataObject };
	}
	body.schemas = [USER_SCHEMA, ...Object.keys(body).filter(isUrn)];
	return body;
}

/**
 * The changes of an update: only what was added; what was added and is empty is cleared.
 *
 * @throws Failure when there is nothing to change
 */
export function userChanges(input: ScimInput): PatchOperation[] {
	const values = input.values.collection('updateFields');
	const settings = settingsIn(input, values);
	if (values.has('userName')) settings.unshift({ key: 'userName', value: values.text('userName') });
	if (values.has('email')) settings.unshift({ key: 'emails', value: emailsOf(values.email('email').email) });
	if (settings.length === 0) throw input.invalid('updateFields', 'has no fields: there is nothing to change');
	return settings.map((setting): PatchOperation => {
		const path = pathOf(setting);
		return isEmpty(setting.value)
			? { op: 'remove', path }
			: { op: 'replace', path, value: setting.value as IDataObject };
	});
}
