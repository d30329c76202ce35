/** What the fields are called on the screen, for the fields themselves and for messages about them. */
export const PARAMETER_NAMES: Record<string, string> = {
	pageId: 'Page',
	viewerId: 'Viewer',
	viewerIds: 'Viewers',
	viewerGroupId: 'Viewer Group',
	viewerGroupIds: 'Viewer Group Names or IDs',
	componentId: 'Component',
	componentIds: 'Component Names or IDs',
	componentGroupId: 'Component Group Name or ID',
	metricIds: 'Metric Names or IDs',
	metricId: 'Metric',
	teamMemberId: 'Team Member',
	organizationId: 'Organization ID',
	email: 'Email',
	emails: 'People',
	name: 'Name',
	pages: 'Pages',
	pageIds: 'Page Names or IDs',
	subscriberId: 'Subscriber',
	externalLogin: 'External Login',
	viewerGroups: 'Viewer Groups',
	components: 'Components',
	scopeGroupIds: 'Viewer Group Names or IDs',
	domains: 'E-Mail Domains',
};

export function parameterName(name: string): string {
	return PARAMETER_NAMES[name] ?? name;
}
