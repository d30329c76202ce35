import { Failure, hasStatus, passOn } from '../transport/failures';

export type Change = 'add' | 'remove';

/** What a change of a list did, by ID. */
export interface ChangeResult {
	/** Added, or removed. */
	done: string[];
	/** Were there already, or were not there. */
	unchanged: string[];
	failed: Array<{ id: string; reason: string }>;
}

/** A 4xx says that something in the write is bad; anything else says nothing about the rows. */
export function isRefusedRow(error: unknown): error is Failure {
	return error instanceof Failure && error.facts.kind === 'answer' && [400, 404, 409, 413, 422].includes(error.status ?? 0);
}

/** The IDs that a refusal names apart from the others; where it names none, or all, two halves. */
function split(part: string[], { message }: Failure): [string[], string[]] {
	const named = part.filter((id) => message.includes(id));
	if (named.length > 0 && named.length < part.length) return [part.filter((id) => !named.includes(id)), named];
	const middle = Math.ceil(part.length / 2);
	return [part.slice(0, middle), part.slice(middle)];
}

/**
 * Writes IDs in one request. A write that is refused is split until each bad ID is known, so that the good ones get done. Where one
 * part of it was accepted, the bad ID is in the other one, which is split at once.
 *
 * @param write answers with those of the IDs that the service left out although it accepted the write
 */
export async function writeInHalves(ids: string[], write: (part: string[]) => Promise<ChangeResult['failed']>): Promise<ChangeResult> {
	const result: ChangeResult = { done: [], unchanged: [], failed: [] };
	const refusalOf = async (part: string[]): Promise<Failure | undefined> => {
		try {
			const leftOut = await write(part);
			result.failed.push(...leftOut);
			result.done.push(...part.filter((id) => !leftOut.some((entry) => entry.id === id)));
			return undefined;
		} catch (error) {
			if (isRefusedRow(error)) return error;
			throw passOn(error);
		}
	};
	/** True when the part was accepted as it is. A single ID is always sent, so that it gets a reason of its own. */
	const settle = async (part: string[], known?: Failure): Promise<boolean> => {
		if (part.length === 0) return true;
		const refusal = known && part.length > 1 ? known : await refusalOf(part);
		if (!refusal) return true;
		if (part.length === 1) {
			result.failed.push({ id: part[0], reason: refusal.message });
			return false;
		}
		const [first, second] = split(part, refusal);
		const isFirstAccepted = await settle(first);
		await settle(second, isFirstAccepted ? refusal : undefined);
		return false;
	};
	await settle(ids);
	return result;
}

/**
 * Takes each ID away with a request of its own: no single call of the service takes a few away without a body whose loss would mean all.
 *
 * @param listHolders after a 404, who has it still; throws when the object itself is what is missing
 */
export async function removeEach(ids: string[], remove: (id: string) => Promise<unknown>, listHolders: (id: string) => Promise<string[]>): Promise<ChangeResult> {
	const result: ChangeResult = { done: [], unchanged: [], failed: [] };
	for (const id of ids) {
		try {
			await remove(id);
			result.done.push(id);
		} catch (error) {
			if (!hasStatus(error, 404)) throw passOn(error);
			try {
				const isStillThere = (await listHolders(id)).includes(id);
				if (isStillThere) result.failed.push({ id, reason: 'the service lists it, but found nothing to remove: it may come from a group' });
				else result.unchanged.push(id);
			} catch (reason) {
				if (!isRefusedRow(reason)) throw passOn(reason);
				result.failed.push({ id, reason: reason.message });
			}
		}
	}
	return result;
}

/** One of the things that somebody asked for: in the words that were used, and the ID that they mean, if they mean one. */
export interface AskedFor {
	asked: string;
	id?: string;
}

/** Whom lists of IDs and e-mails mean. `idOf` knows the e-mails, in lower case. */
export function meant(lists: string[][], idOf: (email: string) => string | undefined): AskedFor[][] {
	return lists.map((entries) => entries.map((asked) => ({ asked, id: asked.includes('@') ? idOf(asked.toLowerCase()) : asked })));
}

/** The e-mails in lists of IDs and e-mails, each once. */
export function emailsIn(lists: string[][]): string[] {
	return [...new Set(lists.flat().filter((entry) => entry.includes('@')))];
}

/** The IDs that the lists mean, each once. */
export function idsIn(wishes: AskedFor[][]): string[] {
	return [...new Set(wishes.flat().flatMap(({ id }) => id ?? []))];
}

/** What a change that several asked for amounts to for each of them; who asks first for an ID counts as having changed it. */
export function shareOut(result: ChangeResult, wishes: AskedFor[][], unknown: string): ChangeResult[] {
	const changed = new Set(result.done);
	const reasons = new Map(result.failed.map(({ id, reason }) => [id, reason]));
	return wishes.map((wish) => {
		const part: ChangeResult = { done: [], unchanged: [], failed: [] };
		for (const { asked, id } of wish) {
			const reason = id === undefined ? unknown : reasons.get(id);
			if (reason !== undefined) part.failed.push({ id: asked, reason });
			else if (id !== undefined && changed.delete(id)) part.done.push(asked);
			else part.unchanged.push(asked);
		}
		return part;
	});
}

/** @throws Failure that names each ID that could not be changed, and says that the others are done */
export function requireAll(result: ChangeResult, change: Change, target: string): void {
	if (result.failed.length === 0) return;
	const { done, unchanged, failed } = result;
	const total = done.length + unchanged.length + failed.length;
	const verb = change === 'add' ? 'added to' : 'removed from';
	const named = failed.slice(0, 10).map(({ id, reason }) => `${id} (${reason})`).join(', ');
	const more = failed.length > 10 ? ` and ${failed.length - 10} more, see the details` : '';
	throw new Failure({
		kind: 'answer',
		message: `${failed.length} of ${total} could not be ${verb} ${target}: ${named}${more}`,
		advice: total === failed.length ? 'Nothing was changed' : `The other ${total - failed.length} are ${change === 'add' ? 'in' : 'out'}. Correct the named ones and run them again`,
		body: { done, unchanged, failed },
	});
}
