import type { ApiRequest, Connection } from '../http/connection';
import { Cancelled, Failure, hasStatus, asError } from '../http/failures';
import { pathSegment } from '../http/pathSegment';
import { Permits } from '../http/permits';
import { runUnit, sendRequest } from '../http/request';
import type { Unit } from '../http/unit';
import type { Removal } from './answer';
import { RunCache } from './runCache';
import type { AnswerOf, Endpoint, IdsOf, RemovalNameIn, RemovedRowOf, Table } from './endpoint';

export type Query = Record<string, string | number | boolean>;
export type Ids = Record<string, string>;

export interface CallOptions {
	query?: Query;
	/** The fields, without the endpoint's envelope. */
	body?: object;
	/** Secrets in the body, to remove them from errors. */
	secrets?: readonly string[];
	/** The object, for messages; the endpoint's noun with the last ID if left out. */
	subject?: string;
	/** Reads and the write that depends on them. */
	unit?: Unit;
}

/** The default of 'Concurrency', for runs without this option. */
const DEFAULT_CONCURRENCY = 20;

/** An API with one key, for one run. All requests go through `send`. */
export abstract class ApiClient<T extends Table = Table> {
	/** After a rejected key, no further request is sent in this run. */
	#keyFailure: Failure | undefined;
	/** The first request of the run. With a new key, other requests wait for it, so a wrong key is sent only once. */
	#first: Promise<unknown> | undefined;
	readonly cache = new RunCache();
	/** Reads of lists, and reads that one item needs in large numbers. */
	readonly reads: Permits;

	/** @param endpoints the API's table */
	constructor(
		readonly connection: Connection,
		private readonly endpoints: T,
	) {
		this.reads = new Permits(connection.concurrency ?? DEFAULT_CONCURRENCY);
	}

	/** All IDs of a list, to find out whether an object still exists. */
	protected abstract idsInList(name: string, ids: Ids): Promise<string[]>;

	/** Reads the page or organization of an object. Throws Failure with status 404 if it is missing, because a 404 of the object then proves nothing. */
	abstract confirmPlace(ids: Ids): Promise<void>;

	/**
	 * Runs reads and the write that depends on them directly one after the other. `work` runs again if the write was rejected, lost or
	 * delayed. It must pass the unit to each of its requests.
	 *
	 * @param slots the number of requests if nothing is repeated
	 */
	unit<V>(slots: number, work: (unit: Unit) => Promise<V>): Promise<V> {
		return runUnit(this.connection, slots, work);
	}

	/** One API operation. Throws Failure or Cancelled. */
	call<Name extends keyof T & string>(
		name: Name,
		ids: IdsOf<T[Name]['path']>,
		options: CallOptions = {},
	): Promise<AnswerOf<T[Name]>> {
		return this.send(name, ids, options) as Promise<AnswerOf<T[Name]>>;
	}

	/**
	 * Deletes one object. An answer that is not understood is settled by one read.
	 *
	 * @returns the object in the answer; undefined if the answer is empty or was settled otherwise
	 * @throws Failure if the object still exists, and with status 404 if it did not exist
	 */
	async remove<Name extends RemovalNameIn<T> & string>(
		name: Name,
		ids: IdsOf<T[Name]['path']>,
		options: CallOptions = {},
	): Promise<RemovedRowOf<T[Name]> | undefined> {
		const removal = (await this.send(name, ids, options)) as Removal<RemovedRowOf<T[Name]>> | undefined;
		if (removal?.isClear) return removal.row;
		const subject = options.subject ?? this.#subjectOf(this.endpoints[name], ids);
		try {
			// An earlier try may have deleted it, or there is no such page.
			if (removal === undefined) {
				await this.confirmPlace(ids);
				return undefined;
			}
			if (!(await this.#isStillThere(name, ids))) return undefined;
		} catch (error) {
			throw this.#uncertainRemoval(subject, error);
		}
		throw new Failure({
			kind: 'answer',
			message: `${this.connection.serviceName} reported success, but the ${subject} still exists`,
			advice: 'Run it again. A proxy between n8n and the service may answer in its place',
		});
	}

	/** The error of a removal whose result could not be read. A 404 shows that the page or the list does not exist. */
	#uncertainRemoval(subject: string, error: unknown): Error {
		if (error instanceof Cancelled) return new Cancelled(true);
		if (hasStatus(error, 404)) return error;
		const { serviceName } = this.connection;
		return new Failure({
			kind: 'lost',
			mayHaveArrived: true,
			message: `No clear response from ${serviceName} to the request to delete the ${subject}`,
			advice: `It may have been deleted. This could not be checked: ${asError(error).message}. The request can safely be sent again`,
		});
	}

	async #isStillThere(name: string, ids: Ids): Promise<boolean> {
		const { settledBy } = this.endpoints[name];
		if (!settledBy) throw new Error(`Nothing shows whether ${name} was done`);
		if ('list' in settledBy) return (await this.idsInList(settledBy.list, ids)).includes(ids[settledBy.id]);
		try {
			await this.send(settledBy.get, ids, {});
			return true;
		} catch (error) {
			if (hasStatus(error, 404)) return false;
			throw asError(error);
		}
	}

	#subjectOf({ path, noun }: Endpoint, ids: Ids): string {
		const lastId = /\{(\w+)\}[^{]*$/.exec(path)?.[1];
		const named = noun.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]);
		return lastId ? `${named} ${ids[lastId]}` : named;
	}

	/** Returns the body as the endpoint's check reads it; undefined for a 404 after a DELETE that may have arrived before. */
	protected async send(name: string, ids: Ids, { query, body, secrets, subject, unit }: CallOptions): Promise<unknown> {
		const endpoint: Endpoint = this.endpoints[name];
		const request: ApiRequest = {
			method: endpoint.method,
			path: filledPath(endpoint, ids),
			query,
			body: body && endpoint.envelope ? { [endpoint.envelope]: body } : body,
			secrets,
			isForm: endpoint.isForm,
			isRepeatable: endpoint.isRepeatable ?? true,
			understand: (answer) => endpoint.answer(answer, ids, query),
			unit,
			subject: subject ?? this.#subjectOf(endpoint, ids),
			advice: endpoint.advice,
		};
		if (this.#first && !this.connection.window.isKeyAccepted) await this.#first.catch(() => {});
		if (this.#keyFailure) throw this.#keyFailure;
		const sent = sendRequest(this.connection, request);
		this.#first ??= sent;
		try {
			return await sent;
		} catch (error) {
			if (hasStatus(error, 401)) this.#keyFailure = error;
			throw asError(error);
		}
	}
}

/** Checks IDs once more, including those from plans and answers. */
function filledPath({ path }: Endpoint, ids: Ids): string {
	return path.replace(/\{(\w+)\}/g, (_, name: string) => {
		try {
			return pathSegment(ids[name]);
		} catch (error) {
			throw invalidId(name, error);
		}
	});
}

/** @param name of the ID in the path, e.g. viewerGroupId */
function invalidId(name: string, reason: unknown): Failure {
	const object = name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
	return new Failure({
		kind: 'invalid',
		message: `The ID of the ${object} is invalid: an ID ${(reason as Error).message}`,
		advice: 'No request was sent. Choose the object from the list, or enter its ID',
	});
}
