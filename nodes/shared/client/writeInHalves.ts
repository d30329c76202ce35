import { asError, type Failure } from '../http/failures';
import { isRejected, sameReason, type ChangeResult } from './changes';

/** The IDs that a rejection names, which are tried first, and the others. Two halves if it names none or all. */
function split(part: string[], { message }: Failure): [string[], string[]] {
	const named = part.filter((id) => message.includes(id));
	if (named.length > 0 && named.length < part.length) return [named, part.filter((id) => !named.includes(id))];
	const middle = Math.ceil(part.length / 2);
	return [part.slice(0, middle), part.slice(middle)];
}

/** From this many IDs on, a few samples are tried before each ID is tried by itself. */
const MANY = 16;

export interface WriteResult extends ChangeResult {
	/** The service rejects every ID with the same message, so no single ID is at fault. */
	isHopeless: boolean;
}

/** A part of the IDs, while a write is narrowed down. */
interface Part {
	ids: string[];
	/** It was written as it is. */
	isAccepted: boolean;
	/** The part that it was split from, without this one, and the rejection of the whole. */
	otherHalf?: Part;
	rejection?: Failure;
}

/** A write that is narrowed down to its bad IDs. */
class Halving {
	readonly result: WriteResult = { done: [], unchanged: [], failed: [], isHopeless: false };
	#wasAccepted = false;

	constructor(
		private readonly ids: string[],
		private readonly write: (part: string[]) => Promise<ChangeResult['failed']>,
	) {}

	async run(): Promise<WriteResult> {
		// The last one is next, so the result of a half is known before the other half is taken.
		const open: Part[] = [{ ids: this.ids, isAccepted: false }];
		for (let part = open.pop(); part; part = open.pop()) {
			const settled = this.#settled;
			const ids = part.ids.filter((id) => !settled.has(id));
			// If the other half was accepted, the bad ID is in this one. A single ID is always sent, to get its own reason.
			const isKnownBad = part.otherHalf?.isAccepted === true && ids.length > 1;
			let rejection = isKnownBad ? part.rejection : undefined;
			if (ids.length > 0 && !rejection) {
				try {
					this.#accepted(ids, await this.write(ids));
				} catch (error) {
					if (!isRejected(error)) throw asError(error);
					rejection = error;
				}
			}
			part.isAccepted = !rejection;
			if (!rejection) continue;
			if (ids.length === 1) {
				this.result.failed.push({ id: ids[0], reason: rejection.message });
				await this.#giveUpIfHopeless(rejection);
				continue;
			}
			const [first, second] = split(ids, rejection).map((half): Part => ({ ids: half, isAccepted: false }));
			open.push({ ...second, otherHalf: first, rejection }, first);
		}
		return this.result;
	}

	get #settled(): Set<string> {
		const { done, failed } = this.result;
		return new Set([...done, ...failed.map(({ id }) => id)]);
	}

	#accepted(ids: string[], leftOut: ChangeResult['failed']): void {
		this.#wasAccepted = true;
		this.result.failed.push(...leftOut);
		this.result.done.push(...ids.filter((id) => !leftOut.some((entry) => entry.id === id)));
	}

	/** If nothing was accepted yet, IDs from other parts of the list are tried. If all are rejected with the same message, the rest is not sent. */
	async #giveUpIfHopeless({ message }: Failure): Promise<void> {
		const { ids, result } = this;
		if (this.#wasAccepted || ids.length < MANY || result.failed.length !== 2) return;
		const withoutIds = (text: string) => ids.reduce((words, id) => words.replaceAll(id, ''), text);
		for (const position of [ids.length - 1, Math.floor(ids.length / 2), Math.floor(ids.length / 4)]) {
			const id = ids[position];
			if (this.#settled.has(id)) continue;
			let rejection: Failure;
			try {
				this.#accepted([id], await this.write([id]));
				return;
			} catch (error) {
				if (!isRejected(error)) throw asError(error);
				rejection = error;
			}
			result.failed.push({ id, reason: rejection.message });
			if (withoutIds(rejection.message) !== withoutIds(message)) return;
		}
		const known = this.#settled;
		const [, sample] = result.failed;
		result.failed.push(...ids.filter((id) => !known.has(id)).map((id) => sameReason(sample, id)));
		result.isHopeless = true;
	}
}

/**
 * Writes IDs in one request. A rejected write is split until each bad ID is known, so the good IDs are written. If one half was
 * accepted, the bad ID is in the other half, which is split at once.
 *
 * @param write returns the IDs that the service left out although it accepted the write
 */
export function writeInHalves(
	ids: string[],
	write: (part: string[]) => Promise<ChangeResult['failed']>,
): Promise<WriteResult> {
	return new Halving(ids, write).run();
}
