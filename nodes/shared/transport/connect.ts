import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { checkedBaseUrl } from './baseUrl';
import { systemClock } from './clock';
import type { Connection } from './connection';
import { expiryRemark } from './expiry';
import { Failure } from './failures';
import { keyWindow } from './keyWindows';
import { RunReport } from './runReport';

/** Where a node runs: in an execution, or behind a picker in the editor. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions;

export interface Patience {
	/** How long one request may take, in milliseconds. */
	timeoutMs: number;
	/** How long nothing but refusals may come back, in milliseconds. */
	waitBudgetMs: number;
	/** The longest wait for a slot in milliseconds; none for executions. */
	giveUpAfterMs?: number;
}

export interface ServiceSettings extends Patience {
	serviceName: string;
	credentialType: string;
	/** Requests that one key may send in `windowMs`; `Infinity` where no number is published: then refusals set the pace. */
	requestsPerWindow: number;
	windowMs: number;
	/** Goes behind the Base URL, with a leading slash. */
	basePath?: string;
	/** What JSON is called in this API's headers; application/json when left out. */
	mediaType?: string;
	/** What to do about a refused request, where the service has more to say than HTTP. */
	advise?: Connection['advise'];
}

/** n8n names an execution; a picker call has no name and gets a lane of its own. */
function laneOf(context: NodeContext): string {
	const id = 'getExecutionId' in context ? context.getExecutionId() : undefined;
	return id ?? `picker ${Math.random()}`;
}

/**
 * Makes the connection of one run from its credential.
 *
 * @param credential decrypted; its fields `apiKey`, `baseUrl`, `readOnly` and `expiresOn` are the same for every service here
 * @throws Failure when the credential cannot be used, before anything is sent
 */
export function connect(context: NodeContext, credential: IDataObject, settings: ServiceSettings): Connection {
	const { serviceName, credentialType, requestsPerWindow, windowMs, basePath = '', mediaType, advise, timeoutMs, waitBudgetMs, giveUpAfterMs } = settings;
	const secret = String(credential.apiKey ?? '').trim();
	if (!secret) throw unusable('The API Key of the credential is empty');
	let baseUrl: string;
	try {
		baseUrl = checkedBaseUrl(String(credential.baseUrl ?? '')) + basePath;
	} catch (error) {
		throw unusable((error as Error).message);
	}
	const expiresOn = credential.expiresOn ? String(credential.expiresOn) : undefined;
	const report = new RunReport();
	const remark = expiryRemark(serviceName, expiresOn, systemClock.calendar());
	if (remark) report.remarks.add(remark);
	// Handed on, so that n8n does not read and decrypt it again for each of thousands of requests.
	const credentialsDecrypted = { id: '', name: '', type: credentialType, data: credential as ICredentialDataDecryptedObject };
	return {
		serviceName,
		mediaType,
		advise,
		baseUrl,
		secret,
		isReadOnly: credential.readOnly === true,
		expiresOn,
		send: async (options: IHttpRequestOptions) =>
			await context.helpers.httpRequestWithAuthentication.call(context, credentialType, options, { credentialsDecrypted }),
		sendWithoutKey: async (options) => await context.helpers.httpRequest(options),
		window: keyWindow({
			baseUrl,
			key: secret,
			credentialId: context.getNode().credentials?.[credentialType]?.id ?? 'unsaved',
			requestsPerWindow,
			windowMs,
		}),
		clock: systemClock,
		lane: laneOf(context),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		timeoutMs,
		waitBudgetMs,
		giveUpAfterMs,
		report,
	};
}

/** A failure that is the credential's: nothing was sent. */
export function unusable(message: string): Failure {
	return new Failure({ kind: 'forbidden', message, advice: 'Correct the credential' });
}
