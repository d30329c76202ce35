import type { FastifyInstance } from 'fastify';
import type { Service } from '../service.mts';
import { answerTo, type ScimRoute } from './call.mts';
import { discoveryRoutes } from './discovery.mts';
import { errorBody } from './errors.mts';
import { groupRoutes } from './groups.mts';
import { userRoutes } from './users.mts';

const CONTENT_TYPE = 'application/scim+json';
const routes: ScimRoute[] = [...userRoutes, ...groupRoutes, ...discoveryRoutes];

/** The user provisioning API of Atlassian Guard (SCIM 2.0). Its error messages are not documented, except the one for emails. */
export const scim: Service = {
	name: 'scim',
	prefix: '/scim/directory/:directory_id',
	contentType: CONTENT_TYPE,
	scheme: 'Bearer',
	keys: ({ scimKeys }) => scimKeys,
	limit: ({ scimLimit }) => scimLimit,
	errorBody,
	problemBody: (status, message) => errorBody(status, message, status === 400 ? 'invalidSyntax' : undefined),
	async setUp(app: FastifyInstance) {
		app.removeContentTypeParser('text/plain');
		app.addContentTypeParser(CONTENT_TYPE, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
	},
	operations: (simulator) =>
		routes.map((route) => ({ ...route, work: (request) => answerTo(simulator, route, request) })),
};
