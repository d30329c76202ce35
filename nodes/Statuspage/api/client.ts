import { Failure, hasStatus, passOn } from '../../shared/transport/failures';
import type { ApiRequest, ApiAnswer, Connection } from '../../shared/transport/connection';
import { pathSegment } from '../../shared/transport/pathSegment';
import { sendRequest } from '../../shared/transport/request';
import { endpoints, type Endpoint, type EndpointName, type ListName, type PathIds } from './endpoints';
import { readList } from './paging';
import { parameterName } from './parameterNames';
import type { Row } from './rows';

type Query = Record<string, string | number | boolean>;

export interface CallOptions {
	query?: Query;
	/** The fields; the endpoint's envelope is put around them. */
	body?: object;
}

function filledPath(path: string, ids: Record<string, string>): string {
	return path.replace(/\{(\w+)\}/g, (_, name: string) => {
		try {
			return pathSegment(ids[name]);
		} catch (error) {
			throw invalidId(name, error);
		}
	});
}

function invalidId(name: string, reason: unknown): Failure {
	return new Failure({
		kind: 'forbidden',
		message: `Nothing was sent: the value of '${parameterName(name)}' ${(reason as Error).message}`,
		advice: `Choose it from the list, or enter its ID in '${parameterName(name)}'`,
	});
}

/** The Manage API with one key, for one run. Whatever reads or writes Statuspage goes through `call` or `list`. */
export class StatuspageApi {
	/** A key that was not accepted once is not asked about again in this run. */
	#keyFailure: Failure | undefined;
	/** The first request of the run: with a key that is new here the others wait for it, so that a wrong one is asked about once. */
	#first: Promise<unknown> | undefined;
	readonly #noted = new Map<string, unknown>();
	readonly #remembered = new Map<string, Promise<unknown>>();

	constructor(readonly connection: Connection) {}

	/** One API operation. Throws Failure or Cancelled. */
	async call<Name extends EndpointName, Answer = Row>(name: Name, ids: PathIds<Name>, options: CallOptions = {}): Promise<Answer> {
		return (await this.#send(name, ids, options)).body as Answer;
	}

	/** All rows of a list, or its first `limit` ones. `isExact`: no page is asked for that may turn out not to be needed, so that the cost is known beforehand. */
	async list<R extends Row>(
		name: ListName,
		ids: Record<string, string>,
		{ limit = Infinity, query, keep, isExact }: { limit?: number; query?: Query; keep?: (row: R) => boolean; isExact?: boolean } = {},
	): Promise<R[]> {
		const readPage = async (page: number, size: number) => await this.page<R>(name, ids, page, { size, query });
		const endpoint: Endpoint = endpoints[name];
		if (endpoint.paging) return await readList({ limit, keep, readPage, room: isExact ? undefined : () => this.connection.window.room });
		const rows = (await this.#send(name, ids, { query })).body as R[];
		return (keep ? rows.filter(keep) : rows).slice(0, limit);
	}

	/** One page of a paged list; pages count from 1. Both parameters always: without them the list is cut, and 1 request a minute is allowed. */
	async page<R extends Row>(name: ListName, ids: Record<string, string>, page: number, { size, query }: { size: number; query?: Query }): Promise<R[]> {
		const { paging }: Endpoint = endpoints[name];
		const place: Query = paging === 'limitFrom0' ? { page: page - 1, limit: size } : { page, per_page: size };
		return (await this.#send(name, ids, { query: { ...query, ...place } })).body as R[];
	}

	/** What `read` answered the first time, for the rest of the run: look-ups by name are made once. */
	async remember<T>(key: string, read: () => Promise<T>): Promise<T> {
		const known = this.#remembered.get(key) ?? read();
		this.#remembered.set(key, known);
		known.catch(() => this.#remembered.delete(key));
		return (await known) as T;
	}

	/** Keeps a value for this run, e.g. what a list showed about one viewer. */
	note(key: string, value: unknown): void {
		this.#noted.set(key, value);
	}

	/** What was noted, in a list of one; empty when nothing was. */
	noted<T>(key: string): T[] {
		return this.#noted.has(key) ? [this.#noted.get(key) as T] : [];
	}

	/** For what has just been written. */
	forget(key: string): void {
		this.#noted.delete(key);
	}

	async #send(name: EndpointName, ids: Record<string, string>, { query, body }: CallOptions): Promise<ApiAnswer> {
		const endpoint: Endpoint = endpoints[name];
		const lastId = /\{(\w+)\}[^{]*$/.exec(endpoint.path)?.[1];
		const request: ApiRequest = {
			method: endpoint.method,
			path: filledPath(endpoint.path, ids),
			query,
			body: body && endpoint.envelope ? { [endpoint.envelope]: body } : body,
			isForm: endpoint.isForm,
			isRepeatable: !endpoint.creates,
			answer: endpoint.answer,
			subject: lastId ? `${endpoint.noun} ${ids[lastId]}` : endpoint.noun,
		};
		if (this.#first && !this.connection.window.isKeyAccepted) await this.#first.catch(() => {});
		if (this.#keyFailure) throw this.#keyFailure;
		const answer = this.#noteKeyFailure(sendRequest(this.connection, request));
		this.#first ??= answer;
		return await answer;
	}

	async #noteKeyFailure(sent: Promise<ApiAnswer>): Promise<ApiAnswer> {
		try {
			return await sent;
		} catch (error) {
			if (hasStatus(error, 401)) this.#keyFailure = error;
			throw passOn(error);
		}
	}
}
