import type { IDataObject } from 'n8n-workflow';
import { checkedKey } from '../http/apiKey';
import { checkedBaseUrl } from '../http/baseUrl';
import type { CheckedCredential } from '../http/connect';
import { Failure } from '../http/failures';
import { InvalidValue, mustBe } from './invalidValue';
import { toBoolean, toNumber } from './convert';
import { isIsoDate } from './dates';

/** A Failure for a credential that can't be used. It is thrown before any request. */
function unusable(message: string): Failure {
	return new Failure({ kind: 'invalid', message, advice: 'Correct the credential. No request was sent' });
}

/** Runs a check of the credential. Throws its error as a Failure. */
export function checked<T>(check: () => T): T {
	try {
		return check();
	} catch (error) {
		throw unusable((error as Error).message);
	}
}

/** The converted value of a credential field, which may be the result of an expression; undefined for an empty field. */
function field<T>(label: string, value: unknown, convert: (value: unknown) => T): T | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	try {
		return convert(value);
	} catch (error) {
		throw unusable(`'${label}' in the credential ${(error as InvalidValue).message}`);
	}
}

/** @throws Failure for a value that is not a number of at least `min` */
export function numberFrom(min: number, label: string, value: unknown, fallback: number): number {
	return field(label, value, (entered) => toNumber(entered, { min })) ?? fallback;
}

function toExpiry(value: unknown): string {
	const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value.trim() : '';
	if (!isIsoDate(text)) throw mustBe('a valid date in the format YYYY-MM-DD', value);
	return text;
}

/**
 * The fields that the credentials of all services have in common.
 *
 * @throws Failure for an invalid field
 */
export function checkedCredential({ apiKey, baseUrl, readOnly, isShared, expiresOn }: IDataObject): CheckedCredential {
	return {
		secret: checked(() => checkedKey(apiKey)),
		baseUrl: checked(() => checkedBaseUrl(String(baseUrl ?? ''))),
		isReadOnly: field('Read Only', readOnly, toBoolean) ?? false,
		isShared: field('Shared With Other Processes', isShared, toBoolean) ?? false,
		expiresOn: field('Key Expires On', expiresOn, toExpiry),
	};
}
