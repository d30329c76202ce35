import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { listSearch } from '../services/statuspage/objects/listSearch';
import { loadOptions } from '../services/statuspage/objects/loadOptions';
import { activate } from './activate';
import { deactivate } from './deactivate';
import { receive } from './receive';
import { properties } from './triggerFields';

export class StatuspageTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Statuspage Trigger',
		name: 'statuspageTrigger',
		icon: { light: 'file:../../icons/statuspage.svg', dark: 'file:../../icons/statuspage.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when Statuspage reports an incident, a maintenance or a component status',
		eventTriggerDescription: 'Change something on the page, e.g. the status of a component',
		activationMessage: 'Statuspage now sends events of the page to this workflow.',
		defaults: { name: 'Statuspage Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'statuspageApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'statuspage',
				rawBody: true,
			},
		],
		properties,
	};

	methods = { listSearch, loadOptions };

	webhookMethods = {
		default: {
			/** `create` finds the subscriber of the workflow itself, because one that exists may need repair. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},

			async create(this: IHookFunctions): Promise<boolean> {
				return await activate(this);
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				return await deactivate(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
