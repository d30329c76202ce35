import type { Role } from '../../../services/statuspage/permissionAnswer';
import type { MemberOf, PageRoles, PermissionRequest } from '../../../services/statuspage/permissions';
import { page } from '../../../services/statuspage/objects/page';
import { teamMember } from '../../../services/statuspage/objects/teamMember';
import type { Field } from '../../../shared/fields/field';
import { emptyClearsOption, optionsField } from '../../../shared/fields/options';
import type { StatuspageInput } from '../statuspageInput';
import { organizationOption } from '../../../services/statuspage/organizationOption';
import { memberId } from '../itemTeamMember';

/** Values of the roles in n8n, and their names in the API. */
const ROLE_BY_CHOICE: Record<string, Role> = {
	pageConfiguration: 'page_configuration',
	incidentManager: 'incident_manager',
	maintenanceManager: 'maintenance_manager',
};

/** The first fields of every operation on permissions. */
export const memberFields: Field[] = [teamMember.locator];
export const permissionOptions = optionsField(organizationOption);
export const roleOptions = optionsField(emptyClearsOption, organizationOption);

export async function memberOf(input: StatuspageInput): Promise<MemberOf> {
	const organizationId = input.organizationId();
	return { organizationId, teamMemberId: await memberId(input, organizationId) };
}

/** Pages with the new roles on each. */
export const pagesField: Field = {
	displayName: 'Pages',
	name: 'pages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add page',
	default: {},
	required: true,
	description: 'Pages, with the roles of the team member on each page',
	options: [
		{
			displayName: 'Page',
			name: 'page',
			values: [
				page.pick('pageId', { required: true }),
				{
					displayName: 'Roles',
					name: 'roles',
					type: 'multiOptions',
					whenEmpty: 'clears',
					options: [
						{ name: 'Incident Manager', value: 'incidentManager', description: 'Can create and update incidents' },
						{
							name: 'Maintenance Manager',
							value: 'maintenanceManager',
							description: 'Can create and update maintenances',
						},
						{
							name: 'Page Configuration',
							value: 'pageConfiguration',
							description: 'Can change the page, its components and its viewers',
						},
					],
					default: [],
					description: 'Roles not selected here are removed. Leave empty for pages without role-based access control.',
				},
			],
		},
	],
};

/** Pages to remove from the permissions. */
export const pageIdsField: Field = page.picks('pageIds', { required: true });

/**
 * The pages of an item with their roles.
 *
 * @throws Failure when no page has a name, or when a page is listed twice
 */
export async function pageRoles(input: StatuspageInput): Promise<PageRoles[]> {
	const pages: PageRoles[] = [];
	for (const row of input.values.rows('pages')) {
		const [pageId] = await input.idsOf(page, {}, 'pageId', { values: row, allowUnknownIds: true, skipIdLookUp: true });
		if (pages.some((other) => other.pageId === pageId))
			throw input.invalid('pages', `lists page ${pageId} twice`, 'Select all its roles in one entry');
		pages.push({ pageId, roles: row.choices('roles').map((role) => ROLE_BY_CHOICE[role]) });
	}
	return pages;
}

/** Checks that each page is in the team member's permissions, which needs no request, or among the pages of the API key. */
export function knownPages(input: StatuspageInput, pages: PageRoles[]): NonNullable<PermissionRequest['check']> {
	return async (current) => {
		const others = pages.filter(({ pageId }) => !current.has(pageId));
		if (others.length === 0) return;
		const known = new Set((await page.all(input.api, {})).map(({ id }) => id));
		const unknown = others.find(({ pageId }) => !known.has(pageId));
		if (unknown)
			throw input.invalid(
				'pages',
				`lists page ${unknown.pageId}, which is not among the pages of the API key or in the team member's permissions`,
			);
	};
}
