import type { IDataObject } from 'n8n-workflow';
import { connect, type NodeContext } from '../../shared/http/connect';
import type { TimeLimits } from '../../shared/http/timeLimits';
import { checked, checkedCredential, numberFrom } from '../../shared/operations/credential';
import { advise } from './advice';
import { ScimApi } from './scimApi';
import { directorySegment } from './directoryId';

export const CREDENTIAL_TYPE = 'atlassianScimApi';

const DEFAULT_WINDOW_SECONDS = 60;

/** The directory for one run of a node. */
export async function connectToDirectory(context: NodeContext, timeLimits: TimeLimits): Promise<ScimApi> {
	const credential = await context.getCredentials<IDataObject>(CREDENTIAL_TYPE);
	const connection = connect(context, credential, {
		serviceName: 'Atlassian SCIM',
		credentialType: CREDENTIAL_TYPE,
		credential: checkedCredential(credential),
		basePath: `/${checked(() => directorySegment(credential))}`,
		mediaType: 'application/scim+json',
		// Atlassian publishes no number: its rejections set the pace.
		requestsPerWindow: Infinity,
		windowMs: numberFrom(0.001, 'Rate Window', credential.rateWindowSeconds, DEFAULT_WINDOW_SECONDS) * 1000,
		advise,
		...timeLimits,
	});
	return new ScimApi(connection);
}
