import type { Role } from '../../../services/statuspage/permissionAnswer';
import type { MemberOf, PageRoles, PermissionRequest } from '../../../services/statuspage/permissions';
import { page } from '../../../services/statuspage/objects/page';
import { teamMember } from '../../../services/statuspage/objects/teamMember';
import type { Field } from '../../../shared/fields/field';
import { emptyClearsOption, optionsField } from '../../../shared/fields/options';
import type { StatuspageInput } from '../statuspageInput';
import { organizationOption } from '../organizationOption';
import { memberId } from '../itemTeamMember';

/** The roles as n8n shows them, and the API's names. */
const ROLE_NAMES: Record<string, Role> = {
	pageConfiguration: 'page_configuration',
	incidentManager: 'incident_manager',
	maintenanceManager: 'maintenance_manager',
};

/** Every operation on permissions begins with these. */
export const memberFields: Field[] = [teamMember.locator];
export const permissionOptions = optionsField(organizationOption);
export const roleOptions = optionsField(emptyClearsOption, organizationOption);

export async function memberOf(input: StatuspageInput): Promise<MemberOf> {
	const organizationId = input.organizationId();
	return { organizationId, teamMemberId: await memberId(input, organizationId) };
}

/** Pages, each with the roles that the member is to have there. */
export const pagesField: Field = {
	displayName: 'Pages',
	name: 'pages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add page',
	default: {},
	required: true,
	description: 'The pages, each with the roles that the member has there afterwards',
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
						{ name: 'Incident Manager', value: 'incidentManager', description: 'May create and update incidents' },
						{
							name: 'Maintenance Manager',
							value: 'maintenanceManager',
							description: 'May create and update maintenances',
						},
						{
							name: 'Page Configuration',
							value: 'pageConfiguration',
							description: 'May change the page, its components and its viewers',
						},
					],
					default: [],
					description: 'All other roles on this page are taken away. None for pages without role-based access control.',
				},
			],
		},
	],
};

/** Pages whose permissions are to be taken away. */
export const pageIdsField: Field = page.picks('pageIds', { required: true });

/**
 * The pages of an item with their roles.
 *
 * @throws Failure when a name means no page, or when a page is there twice
 */
export async function pageRoles(input: StatuspageInput): Promise<PageRoles[]> {
	const pages: PageRoles[] = [];
	for (const row of input.values.rows('pages')) {
		const [pageId] = await input.idsOf(page, {}, 'pageId', { values: row, allowUnknownIds: true, skipIdLookUp: true });
		if (pages.some((other) => other.pageId === pageId))
			throw input.invalid('pages', `has page ${pageId} twice`, 'Put all its roles into one entry');
		pages.push({ pageId, roles: row.choices('roles').map((role) => ROLE_NAMES[role]) });
	}
	return pages;
}

/** Each page is one of the member's own, which costs no request, or else one of the key's. */
export function knownPages(input: StatuspageInput, pages: PageRoles[]): NonNullable<PermissionRequest['check']> {
	return async (current) => {
		const others = pages.filter(({ pageId }) => !current.has(pageId));
		if (others.length === 0) return;
		const known = new Set((await page.all(input.api, {})).map(({ id }) => id));
		const unknown = others.find(({ pageId }) => !known.has(pageId));
		if (unknown)
			throw input.invalid(
				'pages',
				`has page ${unknown.pageId}, which is neither a page of the key nor in the permissions of the member`,
			);
	};
}
