import type { IDataObject } from 'n8n-workflow';
import { connect, type NodeContext } from '../../shared/http/connect';
import type { Connection } from '../../shared/http/connection';
import type { TimeLimits } from '../../shared/http/timeLimits';
import { checked, checkedCredential, numberFrom } from '../../shared/operations/credential';
import { advise } from './advise';
import { ScimApi } from './scimApi';
import { directoryIdSegment } from './directoryId';

export const CREDENTIAL_TYPE = 'atlassianScimApi';

const DEFAULT_WINDOW_SECONDS = 60;

/** The directory for one run of a node. */
export async function connectToDirectory(
	context: NodeContext,
	limits: TimeLimits & Pick<Connection, 'concurrency'>,
): Promise<ScimApi> {
	const credential = await context.getCredentials<IDataObject>(CREDENTIAL_TYPE);
	const connection = connect(context, credential, {
		serviceName: 'Atlassian SCIM',
		credentialType: CREDENTIAL_TYPE,
		credential: checkedCredential(credential),
		basePath: `/${checked(() => directoryIdSegment(credential))}`,
		mediaType: 'application/scim+json',
		// Atlassian publishes no number: its rejections set the pace.
		requestsPerWindow: Infinity,
		windowMs: numberFrom(0.001, 'Rate Window', credential.rateWindowSeconds, DEFAULT_WINDOW_SECONDS) * 1000,
		advise,
		...limits,
	});
	return new ScimApi(connection);
}
