import { pageById } from '../../../services/statuspage/audience';
import type { Viewer } from '../../../services/statuspage/endpoints';
import { requireCap } from '../../../services/statuspage/plans/cap';
import { listedEmails, matchPeople } from '../../../services/statuspage/plans/matchPeople';
import { toSnapshot } from '../../../services/statuspage/plans/snapshot';
import { requireFilledRows, type DesiredRow } from '../../../services/statuspage/plans/sync/desiredPeople';
import { readOwnAccess, readViewers } from '../../../services/statuspage/plans/sync/readForSync';
import { domainOf, peopleInScope, type Scope } from '../../../services/statuspage/plans/sync/scope';
import { syncPlan, type SourcedChange, type SyncOptions } from '../../../services/statuspage/plans/sync/syncPlan';
import { Breather } from '../../../shared/http/breather';
import type { Output } from '../../../shared/operations/operation';
import { audienceOf } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import { lookUpIn } from '../lookUpOption';
import { capPercentOf } from './planFields';
import { domainsOf, namesInRows, scopeKindOf, type NamedRows } from './namesInRows';
import { planOutputs } from './planOutputs';
import { readSyncRows } from './readSyncRows';

/** The email of a change as it was in the item, if it had to be cleaned. */
function originalEmail(
	{ items }: SourcedChange,
	given: ReadonlyMap<number, string | undefined>,
): Pick<DesiredRow, 'emailGiven'> {
	const emailGiven = items.map((item) => given.get(item)).find((address) => address !== undefined);
	return emailGiven === undefined ? {} : { emailGiven };
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
	const rows = await readSyncRows(inputs, breather);
	requireFilledRows(rows, first.options.flag('emptyMeansNone'));
	const kind = scopeKindOf(first);
	if (kind === 'domains') domainsOf(first);
	const id = await requireSamePage(inputs, breather);
	const manages = {
		groups: rows.some(({ groups }) => groups !== undefined),
		components: rows.some(({ components }) => components !== undefined),
	};
	let naming: Promise<NamedRows> | undefined;
	const names = async () => await (naming ??= namesInRows(first, id, rows, manages, breather));
	// The longest list begins first, because the first request with a key goes alone.
	const reading = readViewers(api, id, {
		kind,
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
