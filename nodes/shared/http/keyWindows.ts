import { createHash } from 'crypto';
import { systemClock } from './clock';
import { KeyWindow } from './keyWindow';

/** Shared by every node and execution of this process. The key itself is not kept, only its hash. */
const windows = new Map<string, KeyWindow>();

export interface KeyWindowOptions {
	/** Where the key is sent: the same key means another window at another service. */
	baseUrl: string;
	key: string;
	credentialId: string;
	/** Requests that the service allows in one window; `Infinity` where no number is published. */
	requestsPerWindow: number;
	windowMs: number;
}

/** The window of a key. Two credentials that hold the same key share it, at the lower rate. */
export function keyWindow({ baseUrl, key, credentialId, requestsPerWindow, windowMs }: KeyWindowOptions): KeyWindow {
	const id = createHash('sha256').update(`${baseUrl}\n${windowMs}\n${key}`).digest('hex');
	for (const [otherId, other] of windows) if (otherId !== id && other.isIdle) windows.delete(otherId);
	const window = windows.get(id) ?? new KeyWindow(systemClock, windowMs);
	windows.set(id, window);
	window.setLimit(credentialId, requestsPerWindow);
	return window;
}
