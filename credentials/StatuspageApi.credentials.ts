import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticateWith } from '../nodes/shared/http/apiKey';
import { testRules } from '../nodes/shared/http/testRules';

const RATE_LIMITED =
	'Statuspage rejects requests with this API key at the moment: its rate limit is reached. Try again in a minute';
const WRONG_PLACE = 'There is no Statuspage API at this Base URL. It is usually https://api.statuspage.io/v1';

/** As the nodes read it: blanks and slashes at the end do not matter. */
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
				'On Statuspage, click your avatar at the bottom left, then API info, then Create key. The key is shown once. It can read and write everything on all pages of the organization: Statuspage has no read-only keys.',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description:
				"Needed for team members and permissions only. To find it on Statuspage, click your avatar at the bottom left, then API info: the page shows it beside the page IDs. The test of this credential then lists the organization's users.",
		},
		{
			displayName: 'Key Expires On',
			name: 'expiresOn',
			type: 'dateTime',
			default: '',
			description:
				'The day on which the key ends, as chosen when it was created. Keys live 365 days at most, and nobody is warned: with this day, runs say so from 30 days before.',
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
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description:
				'The rate limit of the key. Statuspage allows 60, and more on request. Set it lower to leave room for others who use the same key.',
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
				401: 'Statuspage rejected this API key. It may be mistyped, deleted or expired: keys live 365 days at most, and nobody is warned. Create a new one under API info',
				403: 'Statuspage accepts this API key, but does not let it list pages or, with an Organization ID, the users of that organization. Check the Organization ID',
				404: 'Statuspage has nothing there. Check the Organization ID, which the page API info on Statuspage shows, and the Base URL, which is usually https://api.statuspage.io/v1',
				420: RATE_LIMITED,
				429: RATE_LIMITED,
			},
			wrongPlace: WRONG_PLACE,
		}),
	};
}
