import type { IDataObject } from 'n8n-workflow';
import { connect, type NodeContext, type Patience } from '../../shared/http/connect';
import { checked, checkedCredential, numberFrom } from '../../shared/operations/credential';
import { advise } from './advice';
import { ScimApi } from './client';
import { directorySegment } from './directoryId';

export const CREDENTIAL_TYPE = 'atlassianScimApi';

const DEFAULT_WINDOW_SECONDS = 60;

/** The directory for one run of a node. */
export async function connectToDirectory(context: NodeContext, patience: Patience): Promise<ScimApi> {
	const credential = await context.getCredentials<IDataObject>(CREDENTIAL_TYPE);
	const connection = connect(context, credential, {
		serviceName: 'Atlassian SCIM',
		credentialType: CREDENTIAL_TYPE,
		credential: checkedCredential(credential),
		basePath: `/${checked(() => directorySegment(credential))}`,
		mediaType: 'application/scim+json',
		// Atlassian publishes no number: its refusals set the pace.
		requestsPerWindow: Infinity,
		windowMs: numberFrom(0.001, 'Rate Window', credential.rateWindowSeconds, DEFAULT_WINDOW_SECONDS) * 1000,
		advise,
		...patience,
	});
	return new ScimApi(connection);
}
