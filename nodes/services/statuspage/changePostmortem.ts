import { findLostWrite } from '../../shared/client/findLostWrite';
import { withLocks } from '../../shared/client/locks';
import { Failure, asError, hasStatus, mayHaveArrived } from '../../shared/http/failures';
import type { Unit } from '../../shared/http/unit';
import type { Postmortem } from './endpoints';
import { incident } from './objects/incident';
import type { StatuspageApi } from './statuspageApi';

export interface PostmortemIds extends Record<string, string> {
	pageId: string;
	incidentId: string;
}

/**
 * The failure for a 404 of a postmortem. The incident is read, because the 404 does not show whether the incident exists.
 *
 * @throws Failure if there is no such incident
 */
async function noPostmortem(api: StatuspageApi, ids: PostmortemIds): Promise<Failure> {
	await api.call('getIncident', ids);
	return new Failure({
		kind: 'answer',
		status: 404,
		isNotFound: true,
		message: `Incident ${ids.incidentId} has no postmortem`,
		advice: "Save a draft with 'Create' first",
	});
}

/** Runs requests for a postmortem. Throws Failure with `isNotFound` if the incident has none; Failure; Cancelled. */
export async function orNoPostmortem<R>(api: StatuspageApi, ids: PostmortemIds, work: () => Promise<R>): Promise<R> {
	try {
		return await work();
	} catch (error) {
		throw hasStatus(error, 404) ? await noPostmortem(api, ids) : asError(error);
	}
}

/** The postmortem of an incident. Throws Failure with `isNotFound` if it has none; Failure; Cancelled. */
export async function readPostmortem(api: StatuspageApi, ids: PostmortemIds): Promise<Postmortem> {
	return await orNoPostmortem(api, ids, async () => await api.call('getPostmortem', ids));
}

export interface PostmortemChange {
	/** True if the postmortem is as wanted, so nothing is sent. Throws Failure if it can't be changed. */
	isDone: (before: Postmortem) => boolean;
	send: (unit: Unit) => Promise<Postmortem>;
	/** True if two reads show that the change was made. */
	wasDone: (before: Postmortem, current: Postmortem) => boolean;
	/** The end of the sentence "The answer was lost, but the postmortem …". */
	found: string;
}

export interface ChangedPostmortem {
	postmortem: Postmortem;
	isChanged: boolean;
	/** Set if the answer was lost and the change was found. */
	note?: string;
}

/** The postmortem before the change, and the answer or how it was lost. */
interface Round {
	before: Postmortem;
	after?: Postmortem;
	lost?: Failure;
	/** An earlier round may have made the change. */
	isRepeat: boolean;
}

/**
 * Reads and changes the postmortem of an incident. If the answer is lost, the postmortem is read again.
 *
 * @throws Failure, also if it can't be found out whether the change was made; Cancelled
 */
export async function changePostmortem(
	api: StatuspageApi,
	ids: PostmortemIds,
	{ isDone, send, wasDone, found }: PostmortemChange,
): Promise<ChangedPostmortem> {
	const name = incident.lockName(api, { pageId: ids.pageId }, ids.incidentId);
	return await withLocks({ exclusive: [name] }, api.connection.signal, async () => {
		const round = async (unit: Unit): Promise<Round> => {
			const before = await api.call('getPostmortem', ids, { unit });
			const isRepeat = unit.mayHaveWritten;
			if (isDone(before)) return { before, isRepeat };
			try {
				return { before, after: await send(unit), isRepeat };
			} catch (error) {
				if (!mayHaveArrived(error)) throw asError(error);
				return { before, lost: error, isRepeat };
			}
		};
		const { before, after, lost, isRepeat } = await orNoPostmortem(api, ids, async () => await api.unit(2, round));
		if (after) return { postmortem: after, isChanged: true };
		const note = `The answer was lost, but the postmortem ${found}.`;
		if (!lost) return { postmortem: before, isChanged: isRepeat, ...(isRepeat ? { note } : {}) };
		const postmortem = await findLostWrite(api, lost, {
			find: async () => {
				const current = await api.call('getPostmortem', ids);
				return wasDone(before, current) ? current : undefined;
			},
			notFound: 'The postmortem does not show that this was done',
			subject: `the postmortem of incident ${ids.incidentId}`,
		});
		return { postmortem, isChanged: true, note };
	});
}
