import type { DesiredRow } from '../../../services/statuspage/plans/sync/desiredPeople';
import type { Breather } from '../../../shared/http/breather';
import type { StatuspageInput } from '../statuspageInput';
import { FieldValues } from './fieldValues';

function toDesiredRow(fields: FieldValues, input: StatuspageInput): DesiredRow {
	const { values, item } = input;
	const managed = values.collection('managedFields');
	const [email, login, groups, components] = [
		values.fieldOrValue('email'),
		...['externalLogin', 'viewerGroups', 'components'].map((name) => managed.fieldOrValue(name)),
	];
	if (!email) throw input.invalid('email', 'is empty');
	return {
		item,
		...fields.email(input, email),
		...(login ? { externalLogin: fields.login(input, login) } : {}),
		...(groups ? { groups: fields.names(input, groups) } : {}),
		...(components ? { components: fields.names(input, components) } : {}),
	};
}

/** Reads all items before anything is sent. n8n evaluates an expression per item and field, so thousands of items take seconds. */
export async function readSyncRows(inputs: StatuspageInput[], breather: Breather): Promise<DesiredRow[]> {
	const fields = new FieldValues(inputs);
	const rows: DesiredRow[] = [];
	for (const input of inputs) {
		rows.push(toDesiredRow(fields, input));
		await breather.breathe();
	}
	return rows;
}
