import type { IDataObject } from 'n8n-workflow';
import type { ViewerGroup } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { labelsOf } from '../../../services/statuspage/objects/labels';
import type { StatuspageInput } from '../statuspageInput';

/** The names of the page's components by ID. Two components with the same name show their IDs as well. */
async function componentNames({ api }: StatuspageInput, pageId: string): Promise<Map<string, string>> {
	const components = await component.all(api, { pageId });
	// The names of component groups would cost another request.
	const labels = labelsOf(component, components, () => undefined);
	return new Map(components.map(({ id }, index) => [id, labels[index]]));
}

/**
 * Viewer groups as 'Simplify' of the item sets it: with counts and component names instead of lists of IDs, or unchanged. Reads the
 * components of the page once per run, where a group has any. A component that is not in that list keeps its ID.
 *
 * @throws Failure when the components cannot be read
 */
export async function simplifyViewerGroups(
	input: StatuspageInput,
	pageId: string,
	groups: ViewerGroup[],
): Promise<IDataObject[]> {
	if (!input.values.flag('simplify')) return groups;
	const needsNames = groups.some(({ component_ids }) => component_ids.length > 0);
	const names = needsNames ? await componentNames(input, pageId) : new Map<string, string>();
	return groups.map(({ id, name, external_identifier, page_access_user_ids, component_ids, metric_ids }) => ({
		id,
		name,
		external_identifier: external_identifier ?? null,
		viewerCount: page_access_user_ids.length,
		components: component_ids.map((componentId) => names.get(componentId) ?? componentId),
		metricCount: metric_ids.length,
	}));
}
