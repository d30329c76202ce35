import type { IDataObject } from 'n8n-workflow';
import type { PatchOperation } from '../../../services/scim/patch';
import { ACCOUNT_EXTENSION, USER_SCHEMA } from '../../../services/scim/directoryObjects';
import { isObject } from '../../../shared/client/answer';
import { describeValue, isMissing } from '../../../shared/operations/invalidValue';
import type { Values } from '../../../shared/operations/values';
import type { ScimInput } from '../scimOperation';
import { emailsOf, TEXT_ATTRIBUTES } from './attributes';

/** One attribute that an item sets. */
interface Setting {
	/** The complex attribute or extension that contains it. */
	within?: string;
	key: string;
	/** An empty text, null or an empty list clears the attribute. */
	value: unknown;
}

/** Attributes that Custom Attributes must not contain, with the reason. SCIM names are not case-sensitive (RFC 7643, 2.1). */
const NOT_CUSTOM: Array<[RegExp, string]> = [
	[/^schemas$/i, 'is set by this node'],
	[/^(id|meta)$/i, 'is set by Atlassian'],
	[ACCOUNT_EXTENSION, 'is set by Atlassian'],
	[/^groups$/i, "is read-only: use 'Add Members' of a group"],
	[/^active$/i, "has its own operations, 'Deactivate' and 'Reactivate'"],
	[/^userName$/i, "has its own field, 'User Name'"],
	[/^emails$/i, "has its own field, 'Email'"],
	[new RegExp(`^${USER_SCHEMA}(:|$)`, 'i'), 'is the URN of the core attributes, which are entered without a URN'],
];

const isUrn = (name: string) => /^urn:/i.test(name);

/** The path of the attribute, as in a PATCH. */
function pathOf({ within, key }: Setting): string {
	if (within === undefined) return key;
	return isUrn(within) ? `${within}:${key}` : `${within}.${key}`;
}

function customSettings(input: ScimInput, attributes: Record<string, unknown>): Setting[] {
	return Object.entries(attributes).flatMap(([key, entry]): Setting[] => {
		const [, reason] = NOT_CUSTOM.find(([name]) => name.test(key)) ?? [];
		if (reason) throw input.invalid('customAttributes', `must not contain "${key}", which ${reason}`);
		// Attributes of an extension are set one by one, which keeps its other attributes.
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
				`contains ${describeValue(missing.value)} for "${pathOf(missing)}"`,
				'To clear an attribute, use null',
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

/** The attributes that the optional fields of an item set. Fields that were not added are left out. */
function settingsIn(input: ScimInput, values: Values): Setting[] {
	const texts = TEXT_ATTRIBUTES.filter(({ name }) => values.has(name)).map(
		({ name, within, key }): Setting => ({ within, key, value: values.text(name) }),
	);
	const phones: Setting[] = values.has('phoneNumbers')
		? [{ key: 'phoneNumbers', value: phoneNumbersIn(values.rows('phoneNumbers')) }]
		: [];
	const custom = customSettings(input, values.object('customAttributes') ?? {});
	const fields = [...texts, ...phones];
	const fieldPaths = fields.map((field) => pathOf(field).toLowerCase());
	const clash = custom
		.map(pathOf)
		.find((path) =>
			fieldPaths.some((other) => other === path.toLowerCase() || other.startsWith(`${path.toLowerCase()}.`)),
		);
	if (clash)
		throw input.invalid(
			'customAttributes',
			`contains "${clash}", which is also set by a field of this node`,
			'Set it in one place only',
		);
	return [...fields, ...custom];
}

function isEmpty(value: unknown): boolean {
	return value === '' || value === null || (Array.isArray(value) && value.length === 0);
}

/** The request body with a complete user, for create and replace. Empty attributes are left out. */
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
 * The changes of an update: one per added field. Empty fields are cleared.
 *
 * @throws Failure if no field was added
 */
export function userChanges(input: ScimInput): PatchOperation[] {
	const values = input.values.collection('updateFields');
	const settings = settingsIn(input, values);
	if (values.has('userName')) settings.unshift({ key: 'userName', value: values.text('userName') });
	if (values.has('email')) settings.unshift({ key: 'emails', value: emailsOf(values.email('email').email) });
	if (settings.length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
	return settings.map((setting): PatchOperation => {
		const path = pathOf(setting);
		return isEmpty(setting.value)
			? { op: 'remove', path }
			: { op: 'replace', path, value: setting.value as IDataObject };
	});
}
