import { Breather } from '../http/breather';
import type { Clock } from '../http/clock';
import { mapConcurrently } from '../http/concurrently';
import { Cancelled, asError, type Failure } from '../http/failures';
import { isRejected, type ChangeResult } from './changes';
import { concernsAll } from './concernsAll';
import { writeInHalves } from './writeInHalves';

/** IDs to add to owners, e.g. components to viewers: IDs by ID of the owner, or the other way round. Each pair once. */
export type Additions = Map<string, string[]>;

function add(additions: Additions, key: string, value: string): void {
	const known = additions.get(key);
	if (known) known.push(value);
	else additions.set(key, [value]);
}

/**
 * Divides additions into requests per owner and requests per ID, so that few requests are needed. A pair goes to the side where it
 * shares its request with more pairs. With equal numbers, it goes to the owner.
 */
export async function divideAdditions(
	wanted: Additions,
	breather: Breather,
): Promise<{ byOwner: Additions; byId: Additions }> {
	const owners: Additions = new Map();
	for (const [ownerId, ids] of wanted) {
		await breather.breathe();
		for (const id of ids) add(owners, id, ownerId);
	}
	const byOwner: Additions = new Map();
	const byId: Additions = new Map();
	for (const [ownerId, ids] of wanted) {
		await breather.breathe();
		for (const id of ids) {
			if ((owners.get(id) as string[]).length > ids.length) add(byId, id, ownerId);
			else add(byOwner, ownerId, id);
		}
	}
	const both = byOwner.size + byId.size;
	if (wanted.size <= Math.min(both, owners.size)) return { byOwner: wanted, byId: new Map() };
	return owners.size < both ? { byOwner: new Map(), byId: owners } : { byOwner, byId };
}

/** An ID that could not be added. `error` is set if the request had an error that contains no information about the ID. */
export interface FailedAddition {
	id: string;
	reason: string;
	error?: Error;
}

export interface AdditionCalls {
	/** Adds IDs to one owner. Returns the IDs that the service left out. */
	toOwner: (ownerId: string, ids: string[]) => Promise<ChangeResult['failed']>;
	/** Adds one ID to several owners, for a service that has such a request. */
	toOwners?: (id: string, ownerIds: string[]) => Promise<unknown>;
	/** The largest number of requests at the same time. */
	concurrency: number;
	clock: Clock;
}

/** One request of many: its pairs, and the work. */
interface Job {
	pairs: Array<[ownerId: string, id: string]>;
	run: () => Promise<void>;
}

/** All additions of a run. */
class AdditionRun {
	readonly failures = new Map<string, FailedAddition[]>();
	#stop?: Error;

	constructor(private readonly calls: AdditionCalls) {}

	async run(wanted: Additions): Promise<void> {
		const { toOwners, clock } = this.calls;
		if (!toOwners) return await this.#runAll(this.#ownerJobs(wanted));
		const { byOwner, byId } = await divideAdditions(wanted, new Breather(clock));
		const rejected: Rejected[] = [];
		await this.#runAll([
			...this.#ownerJobs(byOwner),
			...[...byId].map(
				([id, ownerIds]): Job => ({
					pairs: ownerIds.map((ownerId) => [ownerId, id]),
					run: async () => {
						try {
							await toOwners(id, ownerIds);
						} catch (error) {
							if (!isRejected(error)) throw asError(error);
							rejected.push({ id, ownerIds, rejection: error });
						}
					},
				}),
			),
		]);
		await this.#runAll(this.#ownerJobs(await this.#narrow(rejected, toOwners)));
	}

	/**
	 * Narrows rejected requests down to the bad owners. An owner that was bad for one ID is probably bad for the others, so these requests
	 * are sent without it.
	 *
	 * @returns the pairs that were left out
	 */
	async #narrow(rejected: Rejected[], toOwners: NonNullable<AdditionCalls['toOwners']>): Promise<Additions> {
		const suspects = new Set<string>();
		const leftOut: Additions = new Map();
		for (const { id, ownerIds, rejection } of rejected) {
			for (const ownerId of ownerIds) if (suspects.has(ownerId)) add(leftOut, ownerId, id);
			const others = ownerIds.filter((ownerId) => !suspects.has(ownerId));
			const job = async () => {
				// The whole request is known to be rejected, so it is not sent again.
				let known: Failure | undefined = others.length === ownerIds.length ? rejection : undefined;
				const { done, failed } = await writeInHalves(others, async (part) => {
					const first = known;
					known = undefined;
					if (first) throw first;
					await toOwners(id, part);
					return [];
				});
				for (const { id: ownerId, reason } of failed) {
					this.#fail(ownerId, { id, reason });
					// If no owner was accepted, the ID itself may be bad.
					if (done.length > 0) suspects.add(ownerId);
				}
			};
			await this.#runJob({ pairs: others.map((ownerId) => [ownerId, id]), run: job });
		}
		return leftOut;
	}

	#ownerJobs(additions: Additions): Job[] {
		return [...additions].map(([ownerId, ids]) => ({
			pairs: ids.map((id) => [ownerId, id]),
			run: async () => {
				const { failed } = await writeInHalves(ids, async (part) => await this.calls.toOwner(ownerId, part));
				for (const entry of failed) this.#fail(ownerId, entry);
			},
		}));
	}

	async #runAll(jobs: Job[]): Promise<void> {
		const { concurrency, clock } = this.calls;
		await mapConcurrently(jobs, { concurrency, clock }, async (job) => await this.#runJob(job));
		if (this.#stop instanceof Cancelled) throw this.#stop;
	}

	/** After an error that concerns all requests, nothing else is sent. */
	async #runJob({ pairs, run }: Job): Promise<void> {
		try {
			if (this.#stop) throw this.#stop;
			await run();
		} catch (error) {
			const reason = asError(error);
			if (concernsAll(reason)) this.#stop ??= reason;
			for (const [ownerId, id] of pairs) this.#fail(ownerId, { id, reason: reason.message, error: reason });
		}
	}

	#fail(ownerId: string, entry: FailedAddition): void {
		const known = this.failures.get(ownerId);
		if (known) known.push(entry);
		else this.failures.set(ownerId, [entry]);
	}
}

interface Rejected {
	id: string;
	ownerIds: string[];
	rejection: Failure;
}

/**
 * Adds IDs to owners with as few requests as the service allows. Rejected requests are narrowed down until each bad pair is known.
 *
 * @param wanted IDs by ID of the owner
 * @returns the failures by ID of the owner
 */
export async function addAll(wanted: Additions, calls: AdditionCalls): Promise<Map<string, FailedAddition[]>> {
	const run = new AdditionRun(calls);
	await run.run(wanted);
	return run.failures;
}
