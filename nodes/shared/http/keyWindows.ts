import { createHash } from 'crypto';
import { systemClock } from './clock';
import { KeyWindow } from './keyWindow';

/** Shared by all nodes and executions of this process. Contains hashes of keys, and no keys. */
const windows = new Map<string, KeyWindow>();

export interface KeyWindowOptions {
	/** The same key has another window at another service. */
	baseUrl: string;
	key: string;
	credentialId: string;
	/** Requests per window; `Infinity` if the service publishes no limit. */
	requestsPerWindow: number;
	windowMs: number;
	/** Other processes use the same key. */
	isShared: boolean;
}

/** The window of a key. Two credentials with the same key share it, at the lower rate. */
export function keyWindow({
	baseUrl,
	key,
	credentialId,
	requestsPerWindow,
	windowMs,
	isShared,
}: KeyWindowOptions): KeyWindow {
	const id = createHash('sha256').update(`${baseUrl}\n${windowMs}\n${key}`).digest('hex');
	for (const [otherId, other] of windows) if (otherId !== id && other.isIdle) windows.delete(otherId);
	const window = windows.get(id) ?? new KeyWindow(systemClock, windowMs);
	windows.set(id, window);
	window.setLimit(credentialId, requestsPerWindow, isShared);
	return window;
}
