import { component } from '../../../services/statuspage/objects/component';
import { viewerGroup } from '../../../services/statuspage/objects/viewerGroup';
import { pageById } from '../../../services/statuspage/audience';
import { requireCap } from '../../../services/statuspage/plans/cap';
import {
	desiredPeople,
	requireFilledRows,
	type DesiredRow,
	type Person,
} from '../../../services/statuspage/plans/sync/desiredPeople';
import { listedEmails, matchPeople } from '../../../services/statuspage/plans/matchPeople';
import { readOwnAccess, readViewers } from '../../../services/statuspage/plans/sync/readForSync';
import { domainOf, peopleInScope, type Scope } from '../../../services/statuspage/plans/sync/scope';
import { readPageObjects, toSnapshot, type PageObjects } from '../../../services/statuspage/plans/snapshot';
import { syncPlan, type SourcedChange, type SyncOptions } from '../../../services/statuspage/plans/sync/syncPlan';
import type { Viewer, ViewerGroup } from '../../../services/statuspage/endpoints';
import { Breather } from '../../../shared/http/breather';
import { resolveEntries } from '../../../shared/operations/resolveNames';
import type { Output } from '../../../shared/operations/operation';
import { audienceOf } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import { lookUpIn } from '../lookUpOption';
import { capPercentOf } from './planFields';
import { FieldValues } from './fieldValues';
import { planOutputs } from './planOutputs';

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

function scopeKindOf({ values }: StatuspageInput): Scope['kind'] {
	return values.choice<Scope['kind']>('scope', 'add');
}

function scopeOf(input: StatuspageInput, groups: ViewerGroup[]): Scope {
	const kind = scopeKindOf(input);
	if (kind === 'groups') {
		const { values, item } = input;
		return {
			kind,
			groupIds: resolveEntries(
				{ label: values.label('scopeGroupIds'), item, ...viewerGroup.namesIn(groups) },
				values.entries('scopeGroupIds'),
			),
		};
	}
	if (kind === 'domains') {
		const domains = input.values.list('domains').map((domain) => domain.toLowerCase().replace(/^@/, ''));
		const bad = domains.find((domain) => !/^[\w-]+(\.[\w-]+)+$/.test(domain));
		if (bad)
			throw input.invalid(
				'domains',
				`contains "${bad}", which is not a domain`,
				'Enter the part after the @, e.g. example.com',
			);
		return { kind, domains: new Set(domains) };
	}
	return { kind };
}

/** The email of a change as it was in the item, if it had to be cleaned. */
function originalEmail(
	{ items }: SourcedChange,
	given: ReadonlyMap<number, string | undefined>,
): Pick<DesiredRow, 'emailGiven'> {
	const emailGiven = items.map((item) => given.get(item)).find((address) => address !== undefined);
	return emailGiven === undefined ? {} : { emailGiven };
}

/** Reads all items before anything is sent. n8n evaluates an expression per item and field, so thousands of items take seconds. */
async function readRows(inputs: StatuspageInput[], breather: Breather): Promise<DesiredRow[]> {
	const fields = new FieldValues(inputs);
	const rows: DesiredRow[] = [];
	for (const input of inputs) {
		rows.push(toDesiredRow(fields, input));
		await breather.breathe();
	}
	return rows;
}

async function requireSamePage(inputs: StatuspageInput[], breather: Breather): Promise<string> {
	const id = await inputs[0].pageId();
	for (const input of inputs) {
		if ((await input.pageId()) !== id)
			throw input.invalid('pageId', 'must be the same for all items', 'Use a separate node for each page');
		await breather.breathe();
	}
	return id;
}

/** The short lists of a page, and what the names in the items mean there. */
interface NamedRows {
	objects: PageObjects;
	scope: Scope;
	people: Person[];
}

async function resolveNames(
	first: StatuspageInput,
	pageId: string,
	rows: DesiredRow[],
	manages: SyncOptions['manages'],
	breather: Breather,
): Promise<NamedRows> {
	const objects = await readPageObjects(first.api, pageId, manages);
	const scope = scopeOf(first, objects.groups);
	const options = {
		groups: viewerGroup.namesIn(objects.groups),
		components: component.namesIn(objects.components),
		emptyMeansNone: first.options.flag('emptyMeansNone'),
		createsGroups: first.options.flag('createMissingGroups'),
	};
	return { objects, scope, people: await desiredPeople(rows, options, breather) };
}

function warnOfUnusedDomains(input: StatuspageInput, scope: Scope, viewers: Viewer[]): void {
	if (scope.kind !== 'domains') return;
	const present = new Set(viewers.map(({ email }) => domainOf(email)));
	const foreign = [...scope.domains].filter((domain) => !present.has(domain));
	if (foreign.length > 0)
		input.remark(
			`No viewer on the page has an email at ${foreign.join(', ')}. Check '${input.values.label('domains')}'`,
		);
}

/** Lists of kept viewers that were not read. A plan that only adds access does not need them. */
function notLookedAt({ scope, manages }: SyncOptions): string[] {
	if (scope.kind === 'add') return [];
	return [`${manages.components ? '' : 'own components and '}own metrics of viewers that the plan does not delete`];
}

/**
 * Input is checked in the order of its cost: values first, then names in the short lists of the page. Of the viewers, only a few pages are
 * read before.
 */
export async function runPlanSync(inputs: StatuspageInput[], concurrency: number): Promise<Output[]> {
	const [first] = inputs;
	const { api } = first;
	const breather = new Breather(api.connection.clock);
	const rows = await readRows(inputs, breather);
	requireFilledRows(rows, first.options.flag('emptyMeansNone'));
	const id = await requireSamePage(inputs, breather);
	const manages = {
		groups: rows.some(({ groups }) => groups !== undefined),
		components: rows.some(({ components }) => components !== undefined),
	};
	let naming: Promise<NamedRows> | undefined;
	const names = async () => await (naming ??= resolveNames(first, id, rows, manages, breather));
	// The longest list begins first, because the first request with a key goes alone.
	const reading = readViewers(api, id, {
		kind: scopeKindOf(first),
		rows,
		people: async () => (await names()).people,
		lookUp: lookUpIn(first),
	});
	// A check that can stop the plan was already done for the first item.
	const check = audienceOf(first, id, 'warn');
	// The error of an unknown page is the one of its own request.
	for (const promise of [reading, check, names()]) promise.catch(() => {});
	const read = await pageById(api, id);
	const { objects, scope, people } = await names();
	const { viewers, notConfirmed, isComplete: isWhole } = await reading;
	const audience = await check;
	const snapshot = toSnapshot(read, objects, viewers);
	const options: SyncOptions = {
		scope,
		manages,
		deletesViewers: scope.kind !== 'add' && first.values.flag('deleteViewers'),
		includesUnchanged: first.options.flag('includeUnchanged'),
		notConfirmed,
	};
	warnOfUnusedDomains(first, scope, viewers);
	const matches = matchPeople(people, viewers);
	await breather.breathe();
	const inScope = peopleInScope(snapshot, scope, listedEmails(matches));
	const scopes = new Map([[id, inScope.length]]);
	const draft = await syncPlan(snapshot, people, options, matches, breather);
	await breather.breathe();
	// Own access takes one request per viewer, so a plan that exceeds the limit stops before these requests.
	requireCap(draft, scopes, capPercentOf(first));
	await breather.breathe();
	const hasRead = await readOwnAccess(api, snapshot, draft, matches, options, concurrency);
	await breather.breathe();
	const given = new Map(rows.map(({ item, emailGiven }) => [item, emailGiven]));
	const changes = hasRead ? await syncPlan(snapshot, people, options, matches, breather) : draft;
	for (const change of changes) {
		Object.assign(change, originalEmail(change, given));
		await breather.breathe();
	}
	const who = isWhole
		? `all viewers and viewer groups of page ${read.name}`
		: `viewers with these emails and all viewer groups of page ${read.name}`;
	return await planOutputs(first, {
		title: `Access to ${read.name}`,
		changes,
		peopleInScope: inScope.length,
		scopes,
		sizes: { pages: new Map([[id, snapshot]]), teamMembers: 0 },
		audience: new Map(audience ? [[id, audience.summary]] : []),
		lookedAt: [who, ...(manages.components ? ['own components of the viewers in the plan'] : [])],
		notLookedAt: notLookedAt(options),
	});
}
