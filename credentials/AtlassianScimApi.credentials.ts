import type { IAuthenticateGeneric, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

const RATE_LIMITED = 'Atlassian refuses requests with this key for the moment, because of its rate limit. Try again in a minute';

export class AtlassianScimApi implements ICredentialType {
	name = 'atlassianScimApi';

	displayName = 'Atlassian SCIM API';

	icon: Icon = { light: 'file:../icons/atlassianScim.svg', dark: 'file:../icons/atlassianScim.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-statuspage/n8n-nodes-statuspage#atlassian-scim';

	properties: INodeProperties[] = [
		{
			displayName: 'Directory ID',
			name: 'directoryId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 38b9a5e3-7c1f-4a64-9d0e-5f3a2b1c0d9e',
			description: 'The last part of the SCIM base URL that Atlassian shows together with the key',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key of the directory: in Atlassian Administration, open Security, then Identity providers, then your directory, then Set up user provisioning or Regenerate API key. A regenerated key ends the old one at once. The API key of the organization is another one, and does not work here.',
		},
		{
			displayName: 'Key Expires On',
			name: 'expiresOn',
			type: 'dateTime',
			default: '',
			description: 'The day on which the key ends. Keys live a year, and nobody is told: with this day, runs say so from 30 days before.',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description: 'Whether these nodes refuse everything that writes, before anything is sent. It binds these nodes only: to keep the HTTP Request node from using the key, set Allowed HTTP Request Domains to None.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.atlassian.com/scim/directory',
			description: 'Where the API is, without the Directory ID. It must start with https://, except on this machine.',
		},
		{
			displayName: 'Rate Window (Seconds)',
			name: 'rateWindowSeconds',
			type: 'hidden',
			default: 60,
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '=/{{encodeURIComponent($credentials.directoryId)}}/ServiceProviderConfig',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Atlassian does not accept this API key: it is wrong, belongs to another directory, was regenerated (which ends the old one at once), or has expired (keys live a year, and nobody is told). The API key of the organization does not work here',
				},
			},
			{ type: 'responseCode', properties: { value: 403, message: 'Atlassian knows this API key, but does not let it into this directory. Check the Directory ID: key and directory belong together' } },
			{ type: 'responseCode', properties: { value: 404, message: 'Atlassian has no directory with this Directory ID. It is the last part of the SCIM base URL that Atlassian shows together with the key' } },
			{ type: 'responseCode', properties: { value: 429, message: RATE_LIMITED } },
		],
	};
}
