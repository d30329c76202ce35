import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { directorySegment } from '../nodes/services/scim/directoryId';
import { authenticateWith } from '../nodes/shared/http/apiKey';
import { testRules } from '../nodes/shared/http/testRules';

const RATE_LIMITED = 'The rate limit for this API key has been reached. Try again in a minute';
const WRONG_BASE_URL =
	'There is no SCIM API at this Base URL. The usual Base URL is https://api.atlassian.com/scim/directory';
/** Without whitespace and trailing slashes, as in the nodes. */
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
			description:
				"The last part of the 'SCIM base URL', which Atlassian Administration shows together with the API key when you set up user provisioning",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				"In Atlassian Administration, go to Security, then Identity providers, select your directory, then 'Set up user provisioning' or 'Regenerate API key'. Regenerating the key disables the old one immediately. An organization API key doesn't work here.",
		},
		{
			displayName: 'Key Expires On',
			name: 'expiresOn',
			type: 'dateTime',
			default: '',
			description:
				'The expiry date of the key. Keys expire after one year and Atlassian sends no reminder. If you set the date here, runs show a warning during the last 30 days.',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description:
				"Whether to block all create, update and delete operations of these nodes. The HTTP Request node can still use the key. To prevent that, set 'Allowed HTTP Request Domains' to 'None'.",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.atlassian.com/scim/directory',
			description: 'URL of the SCIM API without the Directory ID. Must use https:// unless it points to localhost.',
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
				401: "Atlassian rejected this API key. It may be mistyped, expired (keys are valid for one year), replaced by a regenerated key or belong to another directory. An organization API key doesn't work here",
				403: 'This API key is valid but has no access to this directory. Check that the Directory ID and the key belong to the same directory',
				404: "There is no directory with this Directory ID. Enter the last part of the 'SCIM base URL' that Atlassian shows together with the key",
				420: RATE_LIMITED,
				429: RATE_LIMITED,
			},
			wrongPlace: WRONG_BASE_URL,
		}),
	};
}
