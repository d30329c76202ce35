import type { Viewer } from '../endpoints';
import type { Facts } from './facts';

/** The display name of a viewer. */
export function viewerName({ email, external_login, id }: Viewer): string {
	return email || external_login || id;
}

/** A viewer, with everything that is deleted with it. */
export function viewerFacts(
	{ email, external_login }: Viewer,
	groupIds: Iterable<string>,
	componentIds: Iterable<string>,
	metricIds: Iterable<string>,
): Facts {
	return {
		email,
		external_login: external_login ?? null,
		groupIds: [...groupIds].sort(),
		componentIds: [...componentIds].sort(),
		metricIds: [...metricIds].sort(),
	};
}
