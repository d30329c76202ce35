import type { IDataObject } from 'n8n-workflow';
import { connect, type NodeContext } from '../../shared/http/connect';
import type { TimeLimits } from '../../shared/http/timeLimits';
import type { Connection, Rejection } from '../../shared/http/connection';
import { checkedCredential, numberFrom } from '../../shared/operations/credential';
import { StatuspageApi } from './statuspageApi';

export const CREDENTIAL_TYPE = 'statuspageApi';

/** The limit that the vendor publishes, per key. */
const DEFAULT_REQUESTS_PER_MINUTE = 60;
const DEFAULT_WINDOW_SECONDS = 60;

/** What to do about a rejection, in Statuspage's terms. */
const ADVICE: Record<number, string> = {
	401: 'It may be mistyped, deleted or expired (keys are valid for at most 365 days). Check the credential',
	403: 'The API key has no permission for this. Check that it belongs to this page or organization, and that your plan includes this feature',
	420: "lower 'Requests per Minute' in the credential, or ask Atlassian to raise the limit",
	429: "lower 'Requests per Minute' in the credential, or ask Atlassian to raise the limit",
};

function advise({ status, subject }: Rejection): string | undefined {
	return status === 404
		? `Check the ID of the ${subject}, and that it belongs to the chosen page or organization`
		: ADVICE[status];
}

/** The Manage API for one run of a node, and the organization of its key ('' when the credential names none). */
export async function connectToStatuspage(
	context: NodeContext,
	limits: TimeLimits & Pick<Connection, 'concurrency' | 'signal'>,
): Promise<{ api: StatuspageApi; organizationId: string }> {
	const credential = await context.getCredentials<IDataObject>(CREDENTIAL_TYPE);
	const connection = connect(context, credential, {
		serviceName: 'Statuspage',
		credentialType: CREDENTIAL_TYPE,
		credential: checkedCredential(credential),
		requestsPerWindow: numberFrom(1, 'Requests per Minute', credential.requestsPerMinute, DEFAULT_REQUESTS_PER_MINUTE),
		windowMs: numberFrom(0.001, 'Rate Window', credential.rateWindowSeconds, DEFAULT_WINDOW_SECONDS) * 1000,
		advise,
		...limits,
	});
	return { api: new StatuspageApi(connection), organizationId: String(credential.organizationId ?? '').trim() };
}
