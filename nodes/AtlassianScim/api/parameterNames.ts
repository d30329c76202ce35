/** What the fields are called on the screen, for the fields themselves and for messages about them. */
export const PARAMETER_NAMES: Record<string, string> = {
	userId: 'User',
	userIds: 'Users',
	groupId: 'Group',
	userName: 'User Name',
	email: 'Email',
	name: 'Name',
	customAttributes: 'Custom Attributes',
	filters: 'Filters',
	attributes: 'Attributes',
	excludedAttributes: 'Excluded Attributes',
	updateFields: 'Update Fields',
	additionalFields: 'Additional Fields',
	directoryId: 'Directory ID',
};

export function parameterName(name: string): string {
	return PARAMETER_NAMES[name] ?? name;
}
