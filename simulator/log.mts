export type ServiceName = 'statuspage' | 'scim';

/** One request, as it came. */
export interface LogEntry {
	n: number;
	/** Milliseconds since the simulator started. */
	at: number;
	service: ServiceName;
	method: string;
	/** Behind the service's prefix (/v1, or the directory), as it was sent. */
	path: string;
	query: Record<string, unknown>;
	authorization?: string;
	contentType?: string;
	body?: unknown;
	/** 0 when no answer was sent. */
	status: number;
	isRejected: boolean;
	fault?: string;
	/** What the real service might have overlooked: an unknown field, a wrong type. */
	problem?: string;
}
