import type { IDataObject } from 'n8n-workflow';
import { connect, unusable, type NodeContext, type Patience } from '../../shared/transport/connect';
import { pathSegment } from '../../shared/transport/pathSegment';
import { advise } from './advice';
import { ScimApi } from './client';

export const CREDENTIAL_TYPE = 'atlassianScimApi';

const DEFAULT_WINDOW_SECONDS = 60;

function directoryPath(directoryId: unknown): string {
	let reason: string;
	try {
		return `/${pathSegment(directoryId)}`;
	} catch (error) {
		reason = (error as Error).message;
	}
	throw unusable(`The Directory ID of the credential ${reason}`);
}

/** The directory for one run of a node. */
export async function connectToDirectory(context: NodeContext, patience: Patience): Promise<ScimApi> {
	const credential = await context.getCredentials<IDataObject>(CREDENTIAL_TYPE);
	const windowSeconds = Number(credential.rateWindowSeconds);
	const connection = connect(context, credential, {
		serviceName: 'Atlassian SCIM',
		credentialType: CREDENTIAL_TYPE,
		basePath: directoryPath(credential.directoryId),
		mediaType: 'application/scim+json',
		// Atlassian publishes no number: its refusals set the pace.
		requestsPerWindow: Infinity,
		windowMs: (windowSeconds > 0 ? windowSeconds : DEFAULT_WINDOW_SECONDS) * 1000,
		advise,
		...patience,
	});
	return new ScimApi(connection);
}
