import { asError, type Failure } from '../http/failures';
import { isRejected, RejectedObject, sameReason, type ChangeResult } from './changes';

/** The IDs that a rejection names, which are tried first, and the others. Two halves if it names none or all. */
function split(part: string[], { message }: Failure): [string[], string[]] {
	const named = part.filter((id) => message.includes(id));
	if (named.length > 0 && named.length < part.length) return [named, part.filter((id) => !named.includes(id))];
	const middle = Math.ceil(part.length / 2);
	return [part.slice(0, middle), part.slice(middle)];
}

/** From this many IDs on, a few samples are tried before each ID is tried by itself. */
const MANY = 16;

/** After this many single IDs with the same rejection, samples are tried if nothing was accepted yet. */
const FEW = 2;

/** The places of the samples in the IDs that remain. */
const SAMPLES = [1, 1 / 2, 1 / 4, 3 / 4, 1 / 8];

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
	readonly #settled = new Set<string>();
	#wasAccepted = false;
	/** The message of the last single rejections without the ID, and their number since a write was accepted. */
	#words = '';
	#equalRejections = 0;

	constructor(
		private readonly ids: string[],
		private readonly write: (part: string[]) => Promise<ChangeResult['failed']>,
	) {}

	async run(): Promise<WriteResult> {
		// The last one is next, so the result of a half is known before the other half is taken.
		const open: Part[] = [{ ids: this.ids, isAccepted: false }];
		for (let part = open.pop(); part; part = open.pop()) {
			const ids = part.ids.filter((id) => !this.#settled.has(id));
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
			if (rejection instanceof RejectedObject) {
				this.#giveUp({ id: '', reason: rejection.message });
				break;
			}
			if (ids.length === 1) {
				this.#rejected(ids[0], rejection);
				await this.#giveUpIfHopeless(rejection);
				continue;
			}
			const [first, second] = split(ids, rejection).map((half): Part => ({ ids: half, isAccepted: false }));
			open.push({ ...second, otherHalf: first, rejection }, first);
		}
		return this.result;
	}

	#accepted(ids: string[], leftOut: ChangeResult['failed']): void {
		this.#wasAccepted = true;
		this.#equalRejections = 0;
		const bad = new Set(leftOut.map(({ id }) => id));
		// A call cannot have an unlimited number of arguments, so the IDs are not spread.
		for (const failure of leftOut) this.result.failed.push(failure);
		for (const id of ids) {
			if (!bad.has(id)) this.result.done.push(id);
			this.#settled.add(id);
		}
	}

	#rejected(id: string, { message: reason }: Failure): void {
		const words = reason.replaceAll(id, '');
		this.#equalRejections = words === this.#words ? this.#equalRejections + 1 : 1;
		this.#words = words;
		this.result.failed.push({ id, reason });
		this.#settled.add(id);
	}

	/**
	 * If several single IDs in a row were rejected with the same message, IDs from all parts of the rest are tried. If all of them are
	 * rejected with this message too, the rest is not sent. After an accepted write, more equal rejections are needed.
	 */
	async #giveUpIfHopeless(rejection: Failure): Promise<void> {
		if (this.ids.length < MANY || this.#equalRejections !== (this.#wasAccepted ? MANY : FEW)) return;
		const words = this.#words;
		const rest = this.ids.filter((id) => !this.#settled.has(id));
		let sample = { id: '', reason: rejection.message };
		for (const place of SAMPLES) {
			const id = rest[Math.ceil(place * rest.length) - 1];
			if (id === undefined || this.#settled.has(id)) continue;
			try {
				this.#accepted([id], await this.write([id]));
				return;
			} catch (error) {
				if (!isRejected(error)) throw asError(error);
				this.#rejected(id, error);
				sample = { id, reason: error.message };
			}
			if (this.#words !== words) return;
		}
		this.#giveUp(sample);
	}

	/** All IDs that remain fail with the reason of the sample. */
	#giveUp(sample: ChangeResult['failed'][number]): void {
		const rest = this.ids.filter((id) => !this.#settled.has(id));
		for (const id of rest) {
			this.result.failed.push(sample.id === '' ? { ...sample, id } : sameReason(sample, id));
			this.#settled.add(id);
		}
		this.result.isHopeless = !this.#wasAccepted;
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
