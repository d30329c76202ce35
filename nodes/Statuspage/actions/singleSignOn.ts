import type { ViewerGroup } from '../../services/statuspage/endpoints';
import { viewerGroup } from '../../services/statuspage/objects/viewerGroup';
import { Cancelled, asError } from '../../shared/http/failures';
import type { StatuspageInput } from './statuspageInput';

/** Tells the user about groups whose members somebody else sets as well. */
export function remarkOnSingleSignOn(input: StatuspageInput, groups: ViewerGroup[]): void {
	for (const { name, external_identifier } of groups) {
		if (!external_identifier) continue;
		input.remark(
			`Viewer group "${name}" has an external identifier (${external_identifier}): single sign-on sets its members again at their next login`,
		);
	}
}

/** The same, for groups of which only the ID is known. A remark that cannot be made is no reason to fail. */
export async function remarkOnGroups(input: StatuspageInput, pageId: string, groupIds: string[]): Promise<void> {
	try {
		const groups = await viewerGroup.all(input.api, { pageId });
		remarkOnSingleSignOn(
			input,
			groups.filter(({ id }) => groupIds.includes(id)),
		);
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
	}
}
