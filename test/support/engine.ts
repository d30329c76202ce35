import 'reflect-metadata';
import {
	ExecutionLifecycleHooks,
	HookContext,
	LoadOptionsContext,
	PollContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	sleep,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IVersionedNodeType,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowBase,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';
import { AtlassianScimApi } from '../../credentials/AtlassianScimApi.credentials';
import { StatuspageApi } from '../../credentials/StatuspageApi.credentials';
import { AtlassianScim } from '../../nodes/AtlassianScim/AtlassianScim.node';
import { Statuspage } from '../../nodes/Statuspage/Statuspage.node';
import type { NodeContext } from '../../nodes/shared/http/connect';
import type { Simulator } from './simulator';

/** The nodes of the package with their classes and credentials. */
const NODES = {
	atlassianScim: { Node: AtlassianScim, Credential: AtlassianScimApi, credentialType: 'atlassianScimApi' },
	statuspage: { Node: Statuspage, Credential: StatuspageApi, credentialType: 'statuspageApi' },
};

export type NodeName = keyof typeof NODES;

const typeOf = (name: NodeName) => `n8n-nodes-statuspage.${name}`;

export type Credential = ICredentialDataDecryptedObject;

/** A credential for the simulator, with a rate limit that no test reaches by accident. */
export function credentialFor(simulator: Simulator, extra: Credential = {}): Credential {
	return {
		apiKey: simulator.key,
		baseUrl: simulator.url,
		requestsPerMinute: 100_000,
		rateWindowSeconds: 60,
		readOnly: false,
		...extra,
	};
}

/** Returns credentials without decryption, and adds the header from the credential's `authenticate` as n8n does. */
class Credentials extends ICredentialsHelper {
	readonly #type: AtlassianScimApi | StatuspageApi;

	constructor(
		name: NodeName,
		private readonly credential: Credential | undefined,
	) {
		super();
		this.#type = new NODES[name].Credential();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await this.#type.authenticate(credentials, options);
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('Not used here');
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		if (!this.credential) throw new Error('The node has no credential');
		return this.credential;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties() {
		return this.#type.properties;
	}
}

function nodeOf(type: string): INodeType | IVersionedNodeType {
	const { Node } = NODES[type.split('.')[1] as NodeName];
	return new Node();
}

const nodeTypes: INodeTypes = {
	getByName: nodeOf,
	getByNameAndVersion: (type): INodeType => NodeHelpers.getVersionedNodeType(nodeOf(type)),
	getKnownTypes: () => ({}),
};

function workflowWith(
	name: NodeName,
	parameters: INodeParameters,
	settings: Partial<INode> = {},
	timezone?: string,
): { workflow: Workflow; node: INode } {
	const credentials: Record<string, INodeCredentialsDetails> = { [NODES[name].credentialType]: { id: '1', name } };
	const node: INode = {
		id: 'node',
		name: 'Node',
		type: typeOf(name),
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials,
		...settings,
	};
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings: timezone === undefined ? {} : { timezone },
	});
	return { workflow, node: workflow.getNode('Node') as INode };
}

let executions = 0;

export function additionalDataFor(
	name: NodeName,
	credential: Credential | undefined,
	hooks?: ExecutionLifecycleHooks,
): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1/';
	return {
		hooks,
		credentialsHelper: new Credentials(name, credential),
		executionId: String(++executions),
		setExecutionStatus() {},
		logAiEvent() {},
		variables: {},
		currentNodeParameters: undefined,
		restApiUrl: url,
		instanceBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		formWaitingBaseUrl: url,
	} as unknown as IWorkflowExecuteAdditionalData;
}

export interface Run {
	/** Defaults to Statuspage. */
	node?: NodeName;
	/** The node has no credential if it is left out. */
	credential?: Credential;
	parameters: IDataObject;
	/** Defaults to one empty item. */
	items?: IDataObject[];
	onError?: OnError;
	/** n8n's 'Retry On Fail' setting: runs all items at most twice. */
	retryOnFail?: boolean;
	/** Cancels the execution after this number of milliseconds. */
	cancelAfterMs?: number;
	/** Time zone of the workflow, e.g. Europe/Berlin. */
	timeZone?: string;
}

export interface RunResult {
	/** The main output, and the index of the input item of each row. */
	items: IDataObject[];
	pairedTo: number[];
	/** The error output, with `onError: 'continueErrorOutput'`. */
	errorItems: IDataObject[];
	/** The error that ended the execution. */
	error?: { message: string; description?: string | null; httpCode?: string | null; context?: IDataObject };
	hints: string[];
	status: string;
	/** Everything that n8n would save or show for the run, as text. */
	saved: string;
}

function pairedItems(items: INodeExecutionData[]): number[] {
	return items.map(({ pairedItem }) => {
		const [first] = [pairedItem].flat();
		return typeof first === 'object' ? first.item : (first ?? -1);
	});
}

/** Runs a node in n8n's engine. */
export async function runNode({
	node: name = 'statuspage',
	credential,
	parameters,
	items = [{}],
	onError,
	retryOnFail,
	cancelAfterMs,
	timeZone,
}: Run): Promise<RunResult> {
	const settings = {
		onError,
		...(credential ? {} : { credentials: {} }),
		...(retryOnFail ? { retryOnFail, maxTries: 2, waitBetweenTries: 0 } : {}),
	};
	const { workflow, node } = workflowWith(name, parameters as INodeParameters, settings, timeZone);
	const workflowData = {
		id: 'workflow',
		name: 'test',
		nodes: [node],
		connections: {},
		active: false,
		settings: {},
	} as unknown as IWorkflowBase;
	const additionalData = additionalDataFor(name, credential, new ExecutionLifecycleHooks('manual', '1', workflowData));
	const input = items.map((json, item): INodeExecutionData => ({ json, pairedItem: { item } }));
	const start: IExecuteData = { node, data: { main: [input] }, source: null };
	const runExecutionData = createRunExecutionData({
		executionData: {
			contextData: {},
			nodeExecutionStack: [start],
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	});
	const execution = new WorkflowExecute(additionalData, 'manual', runExecutionData).processRunExecutionData(workflow);
	if (cancelAfterMs !== undefined) void sleep(cancelAfterMs).then(() => execution.cancel());
	const run: IRun = await execution;
	const { resultData } = run.data;
	const [data] = resultData.runData.Node ?? [];
	const [main = [], errors = []] = data?.data?.main ?? [];
	const hints = (data?.hints ?? []) as NodeExecutionHint[];
	return {
		items: (main ?? []).map(({ json }) => json),
		pairedTo: pairedItems(main ?? []),
		errorItems: (errors ?? []).map(({ json }) => json),
		error: (resultData.error ?? data?.error) as RunResult['error'],
		hints: hints.map(({ message }) => message),
		status: run.status,
		saved: JSON.stringify(run),
	};
}

function pickerContext(name: NodeName, credential: Credential, parameters: IDataObject): LoadOptionsContext {
	const { workflow, node } = workflowWith(name, parameters as INodeParameters);
	const additionalData = {
		...additionalDataFor(name, credential),
		currentNodeParameters: parameters as INodeParameters,
	};
	return new LoadOptionsContext(workflow, node, additionalData, 'parameters');
}

/** The contexts of n8n besides executions. */
export type ContextName = 'hook' | 'picker' | 'poll' | 'webhook';

/** A context in which the Statuspage node could run, as n8n makes it. */
export function contextOf(name: ContextName, credential: Credential): NodeContext {
	if (name === 'picker') return pickerContext('statuspage', credential, {});
	const { workflow, node } = workflowWith('statuspage', {});
	const additionalData = additionalDataFor('statuspage', credential);
	const webhook = {} as IWebhookData;
	if (name === 'hook') return new HookContext(workflow, node, additionalData, 'trigger', 'activate', webhook);
	if (name === 'poll') return new PollContext(workflow, node, additionalData, 'trigger', 'activate');
	return new WebhookContext(workflow, node, additionalData, 'webhook', webhook, [], null);
}

type ListSearchName = keyof Statuspage['methods']['listSearch'];
type LoadOptionsName = keyof Statuspage['methods']['loadOptions'];

/** Searches the list of a resource locator field. */
export async function searchList(
	credential: Credential,
	name: ListSearchName,
	{ parameters = {}, filter, token }: { parameters?: IDataObject; filter?: string; token?: string } = {},
): Promise<INodeListSearchResult> {
	return await new Statuspage().methods.listSearch[name].call(
		pickerContext('statuspage', credential, parameters),
		filter,
		token,
	);
}

/** Searches the list of a resource locator field of the SCIM node. */
export async function searchDirectory(
	credential: Credential,
	name: keyof AtlassianScim['methods']['listSearch'],
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await new AtlassianScim().methods.listSearch[name].call(
		pickerContext('atlassianScim', credential, {}),
		filter,
		token,
	);
}

/** Loads the options of a dropdown. */
export async function loadOptions(
	credential: Credential,
	name: LoadOptionsName,
	parameters: IDataObject = {},
): Promise<INodePropertyOptions[]> {
	return await new Statuspage().methods.loadOptions[name].call(pickerContext('statuspage', credential, parameters));
}
