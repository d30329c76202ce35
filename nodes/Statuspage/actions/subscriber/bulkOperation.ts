import type { IDataObject } from 'n8n-workflow';
import type { StatuspageApi } from '../../../services/statuspage/statuspageApi';
import { sendInParts, type BulkCall } from '../../../services/statuspage/subscriptions/bulkCalls';
import {
	requestedIds,
	splitByRequester,
	throwIfAnyFailed,
	type ChangeResult,
	type RequestedId,
} from '../../../shared/client/changes';
import { runOptions } from '../../../shared/fields/options';
import { settleAsync, settleEach, type BatchedOperation } from '../../../shared/operations/batched';
import type { Person } from '../../../shared/operations/entryList';
import { cleanedEmails } from '../../../shared/operations/people';
import { subscriberIds, UNKNOWN_SUBSCRIBER } from '../itemSubscriber';
import type { StatuspageInput } from '../statuspageInput';

/** Where a bulk call goes, and its settings. Items with equal ones share requests. */
export interface BulkTarget {
	pageId: string;
	/** All subscribers that the settings mean, instead of those with IDs. */
	isAll: boolean;
	/** Fields of the body besides the subscribers, named as in the API. */
	settings: IDataObject;
}

/** A change of many subscribers. */
interface Bulk {
	/** Fields of the body besides the subscribers, named as in the API. They are checked, but nothing is sent. */
	settings: (input: StatuspageInput, isAll: boolean) => IDataObject;
	/** With its preposition, for messages: "unsubscribed from". */
	verb: string;
	call: (api: StatuspageApi, target: BulkTarget) => Pick<BulkCall, 'send' | 'remaining'>;
	/** Those of the IDs that the change applies to. The others are not sent. All of them if left out. */
	applicable?: (api: StatuspageApi, pageId: string, ids: string[]) => Promise<string[]>;
	/** Changes all subscribers that the settings mean, and returns the output. */
	all: (api: StatuspageApi, target: BulkTarget) => Promise<IDataObject>;
	/** The output of one item. `unchanged` are IDs that were not sent, that no subscriber has, or that an earlier item has as well. */
	output: (part: ChangeResult) => IDataObject;
	/** IDs that were rejected because there is no such subscriber, which is no failure for a removal. */
	missing?: (api: StatuspageApi, pageId: string, ids: string[]) => Promise<string[]>;
	/** The output of one item in a dry run. */
	planned?: (input: StatuspageInput, target: BulkTarget, ids: string[]) => Promise<IDataObject>;
}

/** Moves IDs that don't exist from the failures to the unchanged ones. */
async function withoutMissing(
	{ missing }: Bulk,
	api: StatuspageApi,
	pageId: string,
	result: ChangeResult,
): Promise<ChangeResult> {
	if (!missing || result.failed.length === 0) return result;
	const gone = new Set(
		await missing(
			api,
			pageId,
			result.failed.map(({ id }) => id),
		),
	);
	return {
		done: result.done,
		unchanged: [...result.unchanged, ...gone],
		failed: result.failed.filter(({ id }) => !gone.has(id)),
	};
}

type Results = Array<PromiseSettledResult<IDataObject>>;

/** One result per item, one after the other. */
async function oneByOne<T>(entries: readonly T[], work: (entry: T) => Promise<IDataObject>): Promise<Results> {
	const results: Results = [];
	for (const entry of entries)
		results.push(await settleAsync(async () => ({ status: 'fulfilled', value: await work(entry) })));
	return results;
}

/** What each item would change. Throws Failure for an email that means no subscriber. */
async function plannedEach(
	{ planned, verb }: Bulk & Required<Pick<Bulk, 'planned'>>,
	input: StatuspageInput,
	target: BulkTarget,
	resolved: RequestedId[][],
): Promise<Results> {
	return await oneByOne(resolved, async (request) => {
		const failed = request
			.filter(({ id }) => id === undefined)
			.map(({ requested }) => ({ id: requested, reason: UNKNOWN_SUBSCRIBER }));
		throwIfAnyFailed({ done: [], unchanged: [], failed }, { verb }, `page ${target.pageId}`);
		return await planned(input, target, requestedIds([request]));
	});
}

/** Sends the IDs of all items together. */
async function changedEach(
	bulk: Bulk,
	{ api, options }: StatuspageInput,
	target: BulkTarget,
	requests: Person[][],
	resolved: RequestedId[][],
): Promise<Results> {
	const { pageId } = target;
	const call = { ...bulk.call(api, target), api, pageId, concurrency: runOptions(options).concurrency };
	const ids = requestedIds(resolved);
	const sent = await sendInParts(
		call,
		bulk.applicable && ids.length > 0 ? await bulk.applicable(api, pageId, ids) : ids,
	);
	const result = await withoutMissing(bulk, api, pageId, sent);
	const parts = splitByRequester(result, resolved, UNKNOWN_SUBSCRIBER);
	return await settleEach(parts, api.connection.clock, (part, index) => {
		throwIfAnyFailed(part, bulk, `page ${pageId}`);
		return { ...bulk.output(part), ...cleanedEmails(requests[index]) };
	});
}

/** A change of many subscribers, whose items share requests with at most 100 IDs. */
export function bulkOperation(bulk: Bulk): BatchedOperation<StatuspageInput, BulkTarget, Person[]> {
	const { planned } = bulk;
	return {
		async parse(input) {
			const isAll = input.values.text('subscribers') === 'all';
			const settings = bulk.settings(input, isAll);
			const pageId = await input.pageId();
			const key = JSON.stringify([pageId, isAll, settings]);
			return { key, target: { pageId, isAll, settings }, request: isAll ? [] : input.values.people('subscriberIds') };
		},
		async run(input, target, requests) {
			const { api, isDryRun } = input;
			// Later items find that no subscriber is left.
			if (target.isAll)
				return await oneByOne(requests, async () =>
					isDryRun && planned ? await planned(input, target, []) : await bulk.all(api, target),
				);
			const resolved = await subscriberIds(api, target.pageId, requests);
			return isDryRun && planned
				? await plannedEach({ ...bulk, planned }, input, target, resolved)
				: await changedEach(bulk, input, target, requests, resolved);
		},
	};
}
