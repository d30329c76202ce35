import type { ApiAnswer, ApiRequest, Connection } from '../transport/connection';
import { Failure, hasStatus, passOn } from '../transport/failures';
import { pathSegment } from '../transport/pathSegment';
import { sendRequest } from '../transport/request';
import type { Endpoint } from './endpoint';

export type Query = Record<string, string | number | boolean>;

export interface CallOptions {
	query?: Query;
	/** The fields; the endpoint's envelope is put around them. */
	body?: object;
	/** What it is about, for messages; the endpoint's noun with its last ID when left out. */
	subject?: string;
}

/** An API with one key, for one run. Whatever reads or writes the service goes through `send`. */
export class ApiClient<Name extends string = string> {
	/** A key that was not accepted once is not asked about again in this run. */
	#keyFailure: Failure | undefined;
	/** The first request of the run: with a key that is new here the others wait for it, so that a wrong one is asked about once. */
	#first: Promise<unknown> | undefined;
	readonly #noted = new Map<string, unknown>();
	readonly #remembered = new Map<string, Promise<unknown>>();

	/**
	 * @param endpoints the API's table
	 * @param labelOf what a parameter is called on the screen
	 */
	constructor(
		readonly connection: Connection,
		private readonly endpoints: Record<Name, Endpoint>,
		readonly labelOf: (parameter: string) => string,
	) {}

	/** What `read` answered the first time, for the rest of the run: look-ups by name are made once. */
	async remember<T>(key: string, read: () => Promise<T>): Promise<T> {
		const known = this.#remembered.get(key) ?? read();
		this.#remembered.set(key, known);
		known.catch(() => this.#remembered.delete(key));
		return (await known) as T;
	}

	/** Keeps a value for this run, e.g. what a list showed about one person. */
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

	/** One API operation. Throws Failure or Cancelled. */
	protected async send(name: Name, ids: Record<string, string>, { query, body, subject }: CallOptions): Promise<ApiAnswer> {
		const endpoint = this.endpoints[name];
		const lastId = /\{(\w+)\}[^{]*$/.exec(endpoint.path)?.[1];
		const request: ApiRequest = {
			method: endpoint.method,
			path: this.#filledPath(endpoint.path, ids),
			query,
			body: body && endpoint.envelope ? { [endpoint.envelope]: body } : body,
			isForm: endpoint.isForm,
			isRepeatable: !endpoint.creates,
			answer: endpoint.answer,
			subject: subject ?? (lastId ? `${endpoint.noun} ${ids[lastId]}` : endpoint.noun),
		};
		if (this.#first && !this.connection.window.isKeyAccepted) await this.#first.catch(() => {});
		if (this.#keyFailure) throw this.#keyFailure;
		const answer = this.#noteKeyFailure(sendRequest(this.connection, request));
		this.#first ??= answer;
		return await answer;
	}

	#filledPath(path: string, ids: Record<string, string>): string {
		return path.replace(/\{(\w+)\}/g, (_, name: string) => {
			try {
				return pathSegment(ids[name]);
			} catch (error) {
				throw notAnId(this.labelOf(name), error);
			}
		});
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

function notAnId(label: string, reason: unknown): Failure {
	return new Failure({
		kind: 'forbidden',
		message: `Nothing was sent: the value of '${label}' ${(reason as Error).message}`,
		advice: `Choose it from the list, or enter its ID in '${label}'`,
	});
}
