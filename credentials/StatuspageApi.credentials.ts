import type { IAuthenticateGeneric, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

const RATE_LIMITED = 'Statuspage refuses requests with this key for the moment, because of its rate limit. Try again in a minute';

export class StatuspageApi implements ICredentialType {
	name = 'statuspageApi';

	displayName = 'Statuspage API';

	icon: Icon = { light: 'file:../icons/statuspage.svg', dark: 'file:../icons/statuspage.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-statuspage/n8n-nodes-statuspage#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'On Statuspage, click your avatar at the bottom left, then API info, then Create key. The key is shown once. It can read and write everything on all pages of the organization: Statuspage has no read-only keys.',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description: 'Needed for team members and permissions only; Statuspage has no call that tells it. Work on pages does not need it.',
		},
		{
			displayName: 'Key Expires On',
			name: 'expiresOn',
			type: 'dateTime',
			default: '',
			description: 'The day on which the key ends, as chosen when it was created. Keys live 365 days at most, and nobody is warned: with this day, runs say so from 30 days before.',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description: 'Whether these nodes refuse everything that writes, before anything is sent. It binds these nodes only: to keep the HTTP Request node from using the key, set Allowed HTTP Request Domains to None.',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description: 'The rate limit of the key. Statuspage allows 60, and more on request. Set it lower to leave room for others who use the same key.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.statuspage.io/v1',
			description: 'Where the API is. It must start with https://, except on this machine.',
		},
		{
			displayName: 'Rate Window (Seconds)',
			name: 'rateWindowSeconds',
			type: 'hidden',
			default: 60,
		},
	];

	/** The word OAuth is literal. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=OAuth {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/pages', disableFollowRedirect: true },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Statuspage does not know this API key: it is wrong, was deleted, or has expired (keys live 365 days at most, and nobody is warned). Create a new one under API info',
				},
			},
			{ type: 'responseCode', properties: { value: 403, message: 'Statuspage knows this API key, but does not let it list pages' } },
			{ type: 'responseCode', properties: { value: 404, message: 'There is no Statuspage API at this Base URL. It is usually https://api.statuspage.io/v1' } },
			{ type: 'responseCode', properties: { value: 420, message: RATE_LIMITED } },
			{ type: 'responseCode', properties: { value: 429, message: RATE_LIMITED } },
		],
	};
}
