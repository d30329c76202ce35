import SCIMMY from 'scimmy';
import type { Answer } from '../service.mts';
import type { Call, ScimRoute } from './call.mts';
import { statusError } from './errors.mts';

const { User, Group, EnterpriseUser } = SCIMMY.Schemas;
const TYPES = [SCIMMY.Resources.User, SCIMMY.Resources.Group];

function listResponse(rows: unknown[]): Answer {
	// scimmy's type requires resources, but the constructor accepts any rows.
	return { status: 200, body: new SCIMMY.Messages.ListResponse(rows as SCIMMY.Types.Schema[], { count: rows.length }) };
}

function schemas({ url }: Call) {
	return [User, Group, EnterpriseUser].map(({ definition }) => definition.describe(`${url}/Schemas`));
}

function resourceTypes({ url }: Call) {
	return TYPES.map((type) => new SCIMMY.Schemas.ResourceType(type.describe(), `${url}/ResourceTypes`));
}

function findById(rows: Array<{ id: string }>, id = ''): Answer {
	const row = rows.find((candidate) => candidate.id === id);
	if (!row) throw statusError(404, `Resource ${id} not found`);
	return { status: 200, body: row };
}

/** Only the documented features: no bulk requests, password changes, sorting or ETags. */
function configuration({ options, url }: Call): Answer {
	const config = {
		patch: { supported: true },
		bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
		filter: { supported: true, maxResults: options.scimPageSize },
		changePassword: { supported: false },
		sort: { supported: false },
		etag: { supported: false },
		authenticationSchemes: [
			{ type: 'oauthbearertoken', name: 'Bearer token', description: 'The API key of the directory' },
		],
	};
	return { status: 200, body: new SCIMMY.Schemas.ServiceProviderConfig(config, `${url}/ServiceProviderConfig`) };
}

/** Endpoints that describe the features and schemas of the directory. */
export const discoveryRoutes: ScimRoute[] = [
	{ methods: ['GET'], path: '/Schemas', handle: (call) => listResponse(schemas(call)) },
	{ methods: ['GET'], path: '/Schemas/:urn', handle: (call) => findById(schemas(call), call.params.urn) },
	{ methods: ['GET'], path: '/ResourceTypes', handle: (call) => listResponse(resourceTypes(call)) },
	{ methods: ['GET'], path: '/ResourceTypes/:name', handle: (call) => findById(resourceTypes(call), call.params.name) },
	{ methods: ['GET'], path: '/ServiceProviderConfig', handle: configuration },
];
