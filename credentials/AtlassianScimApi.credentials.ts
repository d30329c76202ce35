import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { directorySegment } from '../nodes/services/scim/directoryId';
import { authenticateWith } from '../nodes/shared/http/apiKey';
import { testRules } from '../nodes/shared/http/testRules';

const RATE_LIMITED =
	'Atlassian rejects requests with this API key at the moment: its rate limit is reached. Try again in a minute';
const WRONG_PLACE =
	'There is no SCIM directory at this Base URL. It is usually https://api.atlassian.com/scim/directory';
/** As the nodes read it: blanks and slashes at the end do not matter. */
const BASE_URL = "={{ $credentials.baseUrl.trim().replace(/\\/+$/, '') }}";

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
			description:
				'The key of the directory: in Atlassian Administration, open Security, then Identity providers, then your directory, then Set up user provisioning or Regenerate API key. A regenerated key ends the old one at once. The API key of the organization is another one, and does not work here.',
		},
		{
			displayName: 'Key Expires On',
			name: 'expiresOn',
			type: 'dateTime',
			default: '',
			description:
				'The day on which the key ends. Keys live a year, and nobody is told: with this day, runs say so from 30 days before.',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether these nodes refuse everything that writes, before anything is sent. It binds these nodes only: to keep the HTTP Request node from using the key, set Allowed HTTP Request Domains to None.',
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

	authenticate = authenticateWith('Bearer', directorySegment);

	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: '=/{{ encodeURIComponent($credentials.directoryId.trim()) }}/ServiceProviderConfig',
			disableFollowRedirect: true,
		},
		rules: testRules({
			service: 'Atlassian',
			messages: {
				401: 'Atlassian rejected this API key. It may be mistyped, belong to another directory, be replaced (a regenerated key ends the old one at once) or be expired: keys live a year, and nobody is warned. The API key of the organization does not work here',
				403: 'Atlassian accepts this API key, but does not let it into this directory. Check the Directory ID: key and directory belong together',
				404: 'Atlassian has no directory with this Directory ID. It is the last part of the SCIM base URL that Atlassian shows together with the key',
				420: RATE_LIMITED,
				429: RATE_LIMITED,
			},
			wrongPlace: WRONG_PLACE,
		}),
	};
}
