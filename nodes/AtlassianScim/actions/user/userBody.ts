import type { IDataObject } from 'n8n-workflow';
import { checkedEmail } from '../../../shared/actions/input';
import { parameterName } from '../../api/parameterNames';
import type { PatchOperation } from '../../api/patch';
import { ACCOUNT_EXTENSION, USER_SCHEMA } from '../../api/rows';
import type { Input } from '../operation';
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
const isObject = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where it stands, as PATCH and messages name it. */
function pathOf({ within, key }: Setting): string {
	if (within === undefined) return key;
	return isUrn(within) ? `${within}:${key}` : `${within}.${key}`;
}

function customSettings(input: Input, value: unknown): Setting[] {
	let parsed: unknown = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value.trim() || '{}');
		} catch {
			throw input.bad('customAttributes', 'is not JSON', 'Nothing was sent');
		}
	}
	if (!isObject(parsed)) throw input.bad('customAttributes', 'is not a JSON object', 'Nothing was sent. It looks like { "urn:…:User": { "costCenter": "4711" } }');
	return Object.entries(parsed).flatMap(([key, entry]): Setting[] => {
		const [, reason] = NOT_CUSTOM.find(([name]) => name.test(key)) ?? [];
		if (reason) throw input.bad('customAttributes', `must not hold "${key}": it ${reason}`, 'Nothing was sent');
		// Single attributes of an extension, so that its others stay.
		return isUrn(key) && isObject(entry) ? Object.entries(entry).map(([inner, innerValue]) => ({ within: key, key: inner, value: innerValue })) : [{ key, value: entry }];
	});
}

function phoneNumbersIn(input: Input, value: unknown): IDataObject[] {
	const entries = [((value ?? {}) as IDataObject).phoneNumber ?? []].flat() as IDataObject[];
	const numbers = entries.filter((entry) => String(entry.value ?? '').trim() !== '');
	if (numbers.length < entries.length) throw input.bad('phoneNumbers', 'has an entry without a number', 'Nothing was sent');
	return numbers.map(({ value: number, type, primary }) => ({ value: String(number).trim(), type, ...(primary === true ? { primary } : {}) }));
}

/** What the optional fields of an item set; those that were not added are not there. */
function settingsIn(input: Input, collection: IDataObject): Setting[] {
	const texts = TEXT_ATTRIBUTES.filter(({ name }) => collection[name] !== undefined && collection[name] !== null).map(({ name, within, key }): Setting => ({ within, key, value: String(collection[name]).trim() }));
	const phones: Setting[] = collection.phoneNumbers === undefined ? [] : [{ key: 'phoneNumbers', value: phoneNumbersIn(input, collection.phoneNumbers) }];
	const custom = collection.customAttributes === undefined ? [] : customSettings(input, collection.customAttributes);
	const fields = [...texts, ...phones];
	const taken = fields.map((field) => pathOf(field).toLowerCase());
	const clash = custom.map(pathOf).find((path) => taken.some((other) => other === path.toLowerCase() || other.startsWith(`${path.toLowerCase()}.`)));
	if (clash) throw input.bad('customAttributes', `sets what a field of this node sets as well: ${clash}`, 'Nothing was sent');
	return [...fields, ...custom];
}

function isEmpty(value: unknown): boolean {
	return value === '' || value === null || (Array.isArray(value) && value.length === 0);
}

/** A whole user, for creating and replacing: what is empty is left out. */
export function userBody(input: Input, { userName, email, active }: { userName: string; email: string; active: boolean }): IDataObject & { userName: string } {
	const body: IDataObject & { userName: string } = { schemas: [USER_SCHEMA], userName, emails: emailsOf(email), active };
	for (const { within, key, value } of settingsIn(input, input.collection('additionalFields'))) {
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
 * @throws Failure when there is nothing to change, or an attribute that must be there is empty
 */
export function userChanges(input: Input): PatchOperation[] {
	const collection = input.collection('updateFields');
	const settings = settingsIn(input, collection);
	if (collection.userName !== undefined) settings.unshift({ key: 'userName', value: requiredIn(input, collection, 'userName') });
	if (collection.email !== undefined) settings.unshift({ key: 'emails', value: emailsOf(checkedEmail(parameterName('email'), requiredIn(input, collection, 'email'))) });
	if (settings.length === 0) throw input.bad('updateFields', 'holds no field: there is nothing to change');
	return settings.map((setting): PatchOperation => {
		const path = pathOf(setting);
		return isEmpty(setting.value) ? { op: 'remove', path } : { op: 'replace', path, value: setting.value as IDataObject };
	});
}

function requiredIn(input: Input, collection: IDataObject, name: string): string {
	const text = String(collection[name] ?? '').trim();
	if (!text) throw input.bad(name, 'is empty', 'Nothing was sent: a user must have one');
	return text;
}
