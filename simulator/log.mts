export type ServiceName = 'statuspage' | 'scim';

/** One received request to a public page. */
export interface PublicLogEntry {
	subdomain: string;
	/** Path below /api/v2. */
	feed: string;
	method: string;
	headers: Record<string, string | string[] | undefined>;
	/** 0 if no response was sent. */
	status: number;
	problem?: string;
}

/** One received request. */
export interface LogEntry {
	n: number;
	/** Milliseconds since the simulator was started or reset. */
	at: number;
	service: ServiceName;
	method: string;
	/** Path as sent, without the prefix of the service (/v1 or the directory). */
	path: string;
	query: Record<string, unknown>;
	authorization?: string;
	contentType?: string;
	body?: unknown;
	/** 0 if no response was sent. */
	status: number;
	isRejected: boolean;
	fault?: string;
	/** Something that the real service may ignore, such as an unknown field or a wrong type. */
	problem?: string;
}
