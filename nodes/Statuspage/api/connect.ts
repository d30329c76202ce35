import type { IDataObject } from 'n8n-workflow';
import { connect, type NodeContext } from '../../shared/transport/connect';
import { StatuspageApi } from './client';

export const CREDENTIAL_TYPE = 'statuspageApi';

/** The limit that the vendor publishes, per key. */
const DEFAULT_REQUESTS_PER_MINUTE = 60;
const DEFAULT_WINDOW_SECONDS = 60;

export interface Patience {
	/** How long one request may take, in milliseconds. */
	timeoutMs: number;
	/** How long nothing but refusals may come back, in milliseconds. */
	waitBudgetMs: number;
	/** The longest wait for a slot in milliseconds; none for executions. */
	giveUpAfterMs?: number;
}

function positive(value: unknown, otherwise: number): number {
	const number = Number(value);
	return number > 0 ? number : otherwise;
}

/** The Manage API for one run of a node, and the organization of its key ('' when the credential names none). */
export async function connectToStatuspage(context: NodeContext, patience: Patience): Promise<{ api: StatuspageApi; organizationId: string }> {
	const credential = await context.getCredentials<IDataObject>(CREDENTIAL_TYPE);
	const connection = connect(context, credential, {
		serviceName: 'Statuspage',
		credentialType: CREDENTIAL_TYPE,
		requestsPerWindow: positive(credential.requestsPerMinute, DEFAULT_REQUESTS_PER_MINUTE),
		windowMs: positive(credential.rateWindowSeconds, DEFAULT_WINDOW_SECONDS) * 1000,
		...patience,
	});
	return { api: new StatuspageApi(connection), organizationId: String(credential.organizationId ?? '').trim() };
}
