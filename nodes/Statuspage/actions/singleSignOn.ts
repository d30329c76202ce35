import type { ViewerGroup } from '../../services/statuspage/endpoints';
import { viewerGroup } from '../../services/statuspage/objects/viewerGroup';
import { Cancelled, asError } from '../../shared/http/failures';
import type { StatuspageInput } from './statuspageInput';

/** Tells the user about groups with members that single sign-on also changes. */
export function remarkOnSingleSignOn(input: StatuspageInput, groups: ViewerGroup[]): void {
	for (const { name, external_identifier } of groups) {
		if (!external_identifier) continue;
		input.remark(
			`Viewer group "${name}" has the external identifier ${external_identifier}. Single sign-on may reset its viewers at their next login`,
		);
	}
}

/** Like `remarkOnSingleSignOn`, for group IDs. If the groups can't be read, there is no remark, but the item doesn't fail. */
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
