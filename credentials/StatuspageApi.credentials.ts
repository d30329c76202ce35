import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWith } from '../nodes/shared/http/apiKey';
import { testRules } from '../nodes/shared/http/testRules';

const RATE_LIMITED = 'The rate limit for this API key has been reached. Try again in a minute';
const WRONG_BASE_URL =
	'There is no Statuspage API at this Base URL. The usual Base URL is https://api.statuspage.io/v1';
/** Without whitespace and trailing slashes, as in the nodes. */
const BASE_URL = "={{ $credentials.baseUrl.trim().replace(/\\/+$/, '') }}";

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
			description:
				"In Statuspage, click your avatar, then 'API info'. The key is shown only once. It can read and write every page of the organization.",
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description:
				"Only required for team members and permissions. In Statuspage, click your avatar, then 'API info': it is next to the page IDs.",
		},
		{
			displayName: 'Key Expires On',
			name: 'expiresOn',
			type: 'dateTime',
			default: '',
			description:
				'Keys expire after at most 365 days and Statuspage sends no reminder. With this date, runs show a warning during the last 30 days.',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether to block all create, update and delete operations of these nodes. The HTTP Request node can still use the key.',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description:
				'Statuspage allows 60 by default and raises the limit on request. Enter less if other systems use the same key.',
		},
		{
			displayName: 'Shared With Other Processes',
			name: 'isShared',
			type: 'boolean',
			default: false,
			description:
				'Whether several n8n workers (queue mode) or other programs use this API key. Runs then start with half of the limit, leave room for the others, and check their changes once more.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.statuspage.io/v1',
			description: 'URL of the Statuspage API. Must use https:// unless it points to localhost.',
		},
		{
			displayName: 'Rate Window (Seconds)',
			name: 'rateWindowSeconds',
			type: 'hidden',
			default: 60,
		},
	];

	/** Statuspage expects the literal word OAuth. This is not an OAuth 2.0 flow. */
	authenticate = authenticateWith('OAuth');

	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL,
			url: "={{ ($credentials.organizationId || '').trim() ? '/organizations/' + encodeURIComponent($credentials.organizationId.trim()) + '/users?page=1&per_page=1' : '/pages' }}",
			disableFollowRedirect: true,
		},
		rules: testRules({
			service: 'Statuspage',
			messages: {
				401: "Statuspage rejected this API key. It may be mistyped, deleted or expired (keys are valid for at most 365 days). You can create a new key on the page 'API info' in Statuspage",
				403: "This API key is valid but isn't allowed to list pages or the users of this organization. If you entered an Organization ID, check it",
				404: "Statuspage found nothing for this Organization ID or Base URL. Check the Organization ID (shown on the page 'API info' in Statuspage) and the Base URL (usually https://api.statuspage.io/v1)",
				420: RATE_LIMITED,
				429: RATE_LIMITED,
			},
			wrongPlace: WRONG_BASE_URL,
		}),
	};
}
