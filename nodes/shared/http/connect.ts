import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { systemClock } from './clock';
import type { Connection } from './connection';
import { expiryRemark } from './expiry';
import { keyWindow } from './keyWindows';
import { RunReport } from './runReport';
import type { TimeLimits } from './timeLimits';

/** Where a node runs: in an execution, behind a picker, at the activation of a trigger, in a webhook call, or in a poll. */
export type NodeContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IWebhookFunctions
	| IPollFunctions;

/** The fields that all credentials have, checked. */
export interface CheckedCredential {
	/** The API key. */
	secret: string;
	/** Without a trailing slash. */
	baseUrl: string;
	isReadOnly: boolean;
	/** Other processes use the same key. */
	isShared: boolean;
	/** ISO date. */
	expiresOn?: string;
}

export interface ServiceSettings extends TimeLimits {
	credential: CheckedCredential;
	serviceName: string;
	credentialType: string;
	/** Requests per key and window; `Infinity` if the service publishes no limit. Rejections then set the pace. */
	requestsPerWindow: number;
	windowMs: number;
	/** Follows the Base URL, with a leading slash. */
	basePath?: string;
	/** The media type of JSON in this API; application/json if left out. */
	mediaType?: string;
	/** Advice for a rejected request, if there is more to say than for HTTP in general. */
	advise?: Connection['advise'];
	concurrency?: Connection['concurrency'];
	/** Cancels waits and requests where n8n has no signal of its own. */
	signal?: AbortSignal;
}

let otherRuns = 0;

/** The queue is fair between executions. Each run that is no execution (picker, activation, webhook call, poll) counts as one. */
function executionKeyOf(context: NodeContext): string {
	const id = 'getExecutionId' in context ? context.getExecutionId() : undefined;
	return id ?? `run ${++otherRuns}`;
}

/**
 * Makes the connection of one run from its credential.
 *
 * @param decrypted the credential, which n8n needs to add the header
 */
export function connect(context: NodeContext, decrypted: IDataObject, settings: ServiceSettings): Connection {
	const {
		serviceName,
		credentialType,
		requestsPerWindow,
		windowMs,
		basePath = '',
		mediaType,
		advise,
		concurrency,
		timeoutMs,
		waitBudgetMs,
		giveUpAfterMs,
		signal,
	} = settings;
	const { secret, baseUrl: root, isReadOnly, isShared, expiresOn } = settings.credential;
	const baseUrl = root + basePath;
	const report = new RunReport();
	const remark = expiryRemark(serviceName, expiresOn, systemClock.calendar());
	if (remark) report.remarks.add(remark);
	// Otherwise n8n would read and decrypt the credential again for each of thousands of requests.
	const credentialsDecrypted = {
		id: '',
		name: '',
		type: credentialType,
		data: decrypted as ICredentialDataDecryptedObject,
	};
	return {
		serviceName,
		mediaType,
		advise,
		baseUrl,
		secret,
		isReadOnly,
		isShared,
		expiresOn,
		send: async (options: IHttpRequestOptions) =>
			await context.helpers.httpRequestWithAuthentication.call(context, credentialType, options, {
				credentialsDecrypted,
			}),
		sendWithoutKey: async (options) => await context.helpers.httpRequest(options),
		window: keyWindow({
			baseUrl,
			key: secret,
			credentialId: context.getNode().credentials?.[credentialType]?.id ?? 'unsaved',
			requestsPerWindow,
			windowMs,
			isShared,
		}),
		clock: systemClock,
		executionKey: executionKeyOf(context),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : signal,
		concurrency,
		timeoutMs,
		waitBudgetMs,
		giveUpAfterMs,
		report,
	};
}
