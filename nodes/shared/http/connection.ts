import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { Clock } from './clock';
import type { KeyWindow } from './keyWindow';
import type { Understand } from './outcome';
import type { RunReport } from './runReport';
import type { Unit } from './unit';

/** Everything that one run (an execution, a picker call, a poll) needs to talk to a service with one key. */
export interface Connection {
	/** The service's name for messages. */
	serviceName: string;
	/** What JSON is called in this API's headers; application/json when left out. */
	mediaType?: string;
	/** What to do about a refused request, where the service has more to say than HTTP; a sentence without a full stop. */
	advise?: (rejection: Rejection) => string | undefined;
	/** Checked, without a trailing slash. */
	baseUrl: string;
	/** Only so that no text ever holds it; the credential adds the header. */
	secret: string;
	isReadOnly: boolean;
	/** The day on which the key expires, if the user entered it (ISO date). */
	expiresOn?: string;
	/** Sends with the credential's header; answers with `{ statusCode, headers, body }` whatever the status, throws without an answer. */
	send: (options: IHttpRequestOptions) => Promise<unknown>;
	/** The same without the key, for what everybody may read. */
	sendWithoutKey: (options: IHttpRequestOptions) => Promise<unknown>;
	window: KeyWindow;
	clock: Clock;
	executionKey: string;
	/** Cancels waits and requests. */
	signal?: AbortSignal;
	/** How long one request may take, in milliseconds. */
	timeoutMs: number;
	/** How long nothing but rejections may come back, in milliseconds. */
	waitBudgetMs: number;
	/** The longest wait for a slot, pacing included, in milliseconds; none for executions, seconds for pickers. */
	giveUpAfterMs?: number;
	report: RunReport;
}

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Behind the base URL; its segments are encoded. */
	path: string;
	query?: Record<string, string | number | boolean>;
	/** JSON, unless `isForm`. */
	body?: object;
	isForm?: boolean;
	/** Doing it twice is the same as doing it once, so that it may be sent again when its answer was lost. */
	isRepeatable: boolean;
	understand: Understand;
	/** What it belongs to. A write in a unit depends on the reads before it. */
	unit?: Unit;
	/** What it is about, for messages: "viewer pau123", "page abc". */
	subject: string;
	/** What to do about a 404 or 409 of this request. */
	advice?: { 404?: string; 409?: string };
}

/** A request that the service refused. */
export interface Rejection {
	status: number;
	body: unknown;
	subject: string;
}
