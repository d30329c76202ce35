import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../shared/client/answer';
import { withLocks } from '../../../shared/client/locks';
import { changeIncident, hasValue } from '../../../services/statuspage/changeIncident';
import { createIncident } from '../../../services/statuspage/createIncident';
import type { Incident } from '../../../services/statuspage/endpoints';
import { CLOSED_STATUS } from '../../../services/statuspage/incidentForm';
import { metadataValue } from '../../../services/statuspage/incidentParts';
import { page } from '../../../services/statuspage/objects/page';
import { additionalFieldsField } from '../../../shared/fields/collectionFields';
import type { Field } from '../../../shared/fields/field';
import { dryRunOption, optionsField } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import { dryRun } from '../../../shared/operations/dryRun';
import { noteOf } from '../../../shared/operations/noteOf';
import type { StatuspageInput } from '../statuspageInput';
import type { StatuspageOperation } from '../statuspageOperation';
import {
	componentStatuses,
	deliverNotifications,
	impactOverride,
	incidentName,
	message,
	metadata,
	newStatusField,
	reminderIntervals,
	resetComponents,
} from './incidentFields';
import { fieldsFor, isForNobody, localChange, wantedComponents, type WantedUpdate } from './incidentUpdate';
import { metadataKeyField, metadataPath, type MetadataPath } from './metadataPath';
import { nobodyNotified } from './nobodyNotified';
import { incidentOutput, simplifyIncident } from './simplifyIncident';

const metadataValueField: Field = {
	displayName: 'Metadata Value',
	name: 'metadataValue',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. a1',
	description: 'Value that identifies the incident, e.g. the ID of an alert',
};

/** What an item asks for. */
interface Request {
	pageId: string;
	path: MetadataPath;
	value: string;
	wanted: WantedUpdate;
}

async function requestOf(input: StatuspageInput): Promise<Request> {
	const { values } = input;
	const path = metadataPath(input);
	const fields = localChange(input, values, values.collection('additionalFields'));
	const status = values.text('status');
	const pageId = await input.pageId();
	return {
		pageId,
		path,
		value: values.text('metadataValue'),
		wanted: {
			...(status === 'default' ? {} : { status }),
			fields,
			...(await wantedComponents(input, pageId)),
			resets: values.flag('resetComponents'),
			delivers: values.flag('deliverNotifications'),
		},
	};
}

function hasKey(row: Incident, { path, value }: Request): boolean {
	const found = metadataValue(row, path);
	return ['string', 'number'].includes(typeof found) && String(found).trim() === value;
}

/** The unresolved incident with the value. Throws Failure if several have it. */
async function findIncident(input: StatuspageInput, request: Request): Promise<Incident | undefined> {
	const { pageId, value } = request;
	const keep = (row: Incident) => hasKey(row, request);
	const found = await input.api.list('listUnresolvedIncidents', { pageId }, { keep });
	if (found.length > 1)
		throw input.invalid(
			'metadataValue',
			`is "${value}", which ${found.length} unresolved incidents have: ${found.map(({ id }) => id).join(', ')}`,
			'Resolve all but one of them',
		);
	return found[0];
}

/** Metadata with the key, and the current metadata if there is any. */
function mergedMetadata(current: unknown, added: unknown, { path: [group, key], value }: Request): IDataObject {
	const [before, given] = [current, added].map((data) => (isObject(data) ? data : {}));
	const inner = [before, given].map((data) => (isObject(data[group]) ? data[group] : {}));
	return { ...before, ...given, [group]: { ...inner[0], ...inner[1], [key]: value } };
}

/** The fields to send for the incident as it is now; `{}` if it has no new message and all fields as wanted. */
function changeFor(input: StatuspageInput, before: Incident, { wanted, ...request }: Request): IDataObject {
	const { metadata: added } = wanted.fields;
	const fields = fieldsFor(input, before, {
		...wanted,
		fields: {
			...wanted.fields,
			...(added === undefined ? {} : { metadata: mergedMetadata(before.metadata, added, { wanted, ...request }) }),
		},
	});
	// Unless something changes, a request would only repeat what is on the page.
	return fields.body === undefined && Object.entries(fields).every((field) => hasValue(before, field)) ? {} : fields;
}

function newBody({ wanted, ...request }: Request): IDataObject {
	const { fields, status, statuses, delivers } = wanted;
	return {
		...fields,
		...(status === undefined ? {} : { status }),
		...(statuses.size > 0 ? { component_ids: [...statuses.keys()], components: Object.fromEntries(statuses) } : {}),
		metadata: mergedMetadata(undefined, fields.metadata, { wanted, ...request }),
		deliver_notifications: delivers,
	};
}

/** A recovery without an open incident must not open one. */
function notFound({ path, value }: Request): string {
	return `No unresolved incident has the metadata ${path.join('.')} = ${value}, so there was nothing to resolve. No incident was created.`;
}

async function plan(input: StatuspageInput, request: Request, found: Incident | undefined): Promise<IDataObject> {
	if (found) {
		const before = await input.api.call('getIncident', { pageId: request.pageId, incidentId: found.id });
		const after = changeFor(input, before, request);
		const would = Object.keys(after).length === 0 ? 'do nothing, because nothing changes' : 'update incident';
		return dryRun(input, { would, before: simplifyIncident(before), after });
	}
	if (request.wanted.status === CLOSED_STATUS.realtime)
		return dryRun(input, {
			would: 'do nothing, because there is no unresolved incident to resolve',
			before: null,
			after: null,
		});
	return dryRun(input, { would: 'create incident', before: null, after: newBody(request) });
}

async function upserted(input: StatuspageInput, request: Request): Promise<IDataObject> {
	const { api, values } = input;
	const { pageId, wanted } = request;
	const output = (row: Incident, result: string, ...notes: Array<string | undefined>) => {
		return { ...incidentOutput(values, row), result, ...noteOf(...notes) };
	};
	const found = await findIncident(input, request);
	if (input.isDryRun) return await plan(input, request, found);
	if (found) {
		const ids = { pageId, incidentId: found.id };
		const { before, after, body, note } = await changeIncident(api, ids, (row) => changeFor(input, row, request));
		const result = Object.keys(body).length === 0 ? 'unchanged' : 'updated';
		return output(after, result, note, isForNobody(before, body) ? nobodyNotified(input) : undefined);
	}
	if (wanted.status === CLOSED_STATUS.realtime) return { result: 'unchanged', note: notFound(request) };
	const { incident, note } = await createIncident(api, pageId, newBody(request), (row) => hasKey(row, request));
	const isSilent = wanted.delivers && wanted.statuses.size === 0;
	return output(incident, 'created', note, isSilent ? nobodyNotified(input) : undefined);
}

export const upsert: StatuspageOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update incident',
	description: 'Create a new incident, or update the current one if it already exists (upsert)',
	effects:
		"For alerts that fire again. An unresolved incident with the same value in its metadata is updated. The output contains a result: created, updated or unchanged. A message is posted each time. With 'Deliver Notifications', subscribers of the page and of the affected components get an email, and some get an SMS. Notifications can't be taken back. With the status Resolved, no new incident is created.",
	isReadOnly: false,
	uses: ['listUnresolvedIncidents', 'listIncidents', 'createIncident', 'getIncident', 'updateIncident'],
	fields: [
		page.locator,
		metadataKeyField,
		metadataValueField,
		{ ...incidentName, required: true },
		newStatusField('realtime', {
			description:
				'Status of the incident. With Default, a new incident is Investigating, and an existing one keeps its status.',
		}),
		resetComponents,
		message,
		componentStatuses,
		deliverNotifications,
		additionalFieldsField([impactOverride, metadata, reminderIntervals]),
		simplifyField,
		optionsField(dryRunOption),
	],
	runs: 'perItem',
	async execute(input) {
		const request = await requestOf(input);
		const { api } = input;
		const { pageId, path, value } = request;
		const key = `${pageId} incident ${path.join('.')} ${value}`;
		await input.inOrder(key);
		// Two executions at the same time would both create the incident.
		const locks = { exclusive: [`${api.connection.baseUrl} ${key}`] };
		return await withLocks(locks, api.connection.signal, async () => await upserted(input, request));
	},
};
