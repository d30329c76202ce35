import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { Clock } from './clock';
import type { KeyWindow } from './keyWindow';
import type { Understand } from './outcome';
import type { RunReport } from './runReport';
import type { Unit } from './unit';

/** Everything that one run (an execution, a picker call, a poll) needs to send requests with one key. */
export interface Connection {
	/** The service's name for messages. */
	serviceName: string;
	/** The media type of JSON in this API; application/json if left out. */
	mediaType?: string;
	/** Advice for a rejected request, without a full stop, if there is more to say than for HTTP in general. */
	advise?: (rejection: Rejection) => string | undefined;
	/** Checked, without a trailing slash. */
	baseUrl: string;
	/** Only for removing it from texts. The credential adds the header. */
	secret: string;
	isReadOnly: boolean;
	/** Other processes use the same key, as the user entered it. What they overwrite is looked for after each write. */
	isShared: boolean;
	/** The expiry date of the key, if the user entered it (ISO date). */
	expiresOn?: string;
	/** Sends with the credential's header. Returns `{ statusCode, headers, body }` for every status. Throws if there is no answer. */
	send: (options: IHttpRequestOptions) => Promise<unknown>;
	/** The same without the key, for public addresses. */
	sendWithoutKey: (options: IHttpRequestOptions) => Promise<unknown>;
	window: KeyWindow;
	clock: Clock;
	executionKey: string;
	/** Cancels waits and requests. */
	signal?: AbortSignal;
	/** The largest number of reads at the same time, if the run has a limit of its own. */
	concurrency?: number;
	/** The longest time for one request, in milliseconds. */
	timeoutMs: number;
	/** The longest time in which nothing but rejections come back, in milliseconds. */
	waitBudgetMs: number;
	/** The longest wait for a slot, pacing included, in milliseconds. Executions have none. */
	giveUpAfterMs?: number;
	report: RunReport;
}

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Follows the base URL. Its segments are encoded. */
	path: string;
	query?: Record<string, string | number | boolean>;
	/** JSON, unless `isForm`. */
	body?: object;
	isForm?: boolean;
	/** Doing it twice is the same as doing it once, so it is sent again if its answer was lost. */
	isRepeatable: boolean;
	understand: Understand;
	/** The unit of the request. A write in a unit depends on the reads before it. */
	unit?: Unit;
	/** Its object, for messages: "viewer pau123", "page abc". */
	subject: string;
	/** What to do about a rejection of this request, by HTTP status. */
	advice?: Readonly<Partial<Record<number, string>>>;
	/** Secrets in the body. A service or a proxy can quote the request in an error. */
	secrets?: readonly string[];
}

/** A request that the service rejected. */
export interface Rejection {
	status: number;
	body: unknown;
	subject: string;
}
