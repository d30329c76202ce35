import type { IDataObject } from 'n8n-workflow';
import { page } from '../../../services/statuspage/objects/page';
import { dryRunOption, emptyClearsOption, optionsField } from '../../../shared/fields/options';
import { onlyFields, simplifyField } from '../../../shared/fields/simplify';
import { dryRun, type PlannedChange } from '../../../shared/operations/dryRun';
import { bodyOf } from '../apiFields';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import { PAGE_FIELDS } from './pageFields';
import { HOST_FIELDS, pageSettings, pageSettingsField } from './pageSettings';

/** A host name, also with letters of other scripts. A URL or a path is none. */
const HOST = /^[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;

/** @throws Failure for a domain or subdomain that is no host name, because the page could not be opened anymore */
function requireHosts(input: StatuspageInput, body: IDataObject): void {
	for (const name of HOST_FIELDS) {
		const host = body[name];
		if (typeof host !== 'string' || host === '' || HOST.test(host)) continue;
		throw input.invalid(name, `is "${host}", which is not a host name`, 'Enter it without https:// and without a path');
	}
}

/** The settings that would change. An empty text and null are the same setting. */
function changedSettings(row: IDataObject, body: IDataObject): PlannedChange {
	const names = Object.keys(body).filter((name) => (row[name] ?? '') !== body[name]);
	return {
		would: names.length > 0 ? 'update page' : 'change nothing, because the page already has these values',
		before: Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
		after: onlyFields(body, names),
	};
}

export const update: StatuspageOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update page',
	description: 'Update the settings of a page, for example its name, time zone, colors or sign-up options',
	effects:
		"Only the fields you add are changed. Changes appear on the page immediately. A new domain or subdomain changes the public address of the page at once, so old links can stop working. A switched-off sign-up option disappears from the page, and what happens to existing subscribers is not documented. To undo, you need the previous values, which 'Dry Run' shows. No notification is sent.",
	warning: 'A new domain or subdomain changes the public address of the page immediately.',
	isReadOnly: false,
	uses: ['updatePage', 'getPage'],
	fields: [page.locator, pageSettingsField, simplifyField, optionsField(dryRunOption, emptyClearsOption)],
	runs: 'perItem',
	async execute(input) {
		const { api, values } = input;
		const body = bodyOf(values.collection('updateFields'), pageSettings);
		if (Object.keys(body).length === 0) throw input.invalid('updateFields', 'is empty', 'Add at least one field');
		requireHosts(input, body);
		const pageId = await input.idOf(page, {});
		if (input.isDryRun) return dryRun(input, changedSettings(await api.call('getPage', { pageId }), body));
		const row = await api.call('updatePage', { pageId }, { body });
		return values.flag('simplify', true) ? onlyFields(row, [...PAGE_FIELDS, ...Object.keys(body)]) : row;
	},
};
