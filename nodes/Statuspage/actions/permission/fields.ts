import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Role } from '../../api/permissionAnswer';
import type { MemberOf, PageRoles } from '../../api/permissions';
import { optionsField } from '../../../shared/actions/fields/options';
import { organizationOption } from '../fields/organization';
import { teamMemberField, teamMemberId } from '../fields/teamMember';
import { idList } from '../../../shared/actions/idList';
import { badInput, type Input } from '../input';

/** The roles as n8n shows them, and the API's names. */
const ROLE_NAMES: Record<string, Role> = {
	pageConfiguration: 'page_configuration',
	incidentManager: 'incident_manager',
	maintenanceManager: 'maintenance_manager',
};

/** Every operation on permissions begins with these. */
export const memberFields: INodeProperties[] = [teamMemberField];
export const permissionOptions = optionsField(organizationOption);

export async function memberOf(input: Input): Promise<MemberOf> {
	const organizationId = input.organizationId();
	return { organizationId, teamMemberId: await teamMemberId(input, organizationId) };
}

const PAGE_PICK: Pick<INodeProperties, 'typeOptions' | 'description'> = {
	typeOptions: { loadOptionsMethod: 'getPages' },
	description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** Pages, each with the roles that the member is to have there. */
export const pagesField: INodeProperties = {
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
				{ displayName: 'Page Name or ID', name: 'pageId', type: 'options', default: '', required: true, ...PAGE_PICK },
				{
					displayName: 'Roles',
					name: 'roles',
					type: 'multiOptions',
					options: [
						{ name: 'Incident Manager', value: 'incidentManager', description: 'May create and update incidents' },
						{ name: 'Maintenance Manager', value: 'maintenanceManager', description: 'May create and update maintenances' },
						{ name: 'Page Configuration', value: 'pageConfiguration', description: 'May change the page, its components and its viewers' },
					],
					default: [],
					description: 'All other roles on this page are taken away. None for pages without role-based access control.',
				},
			],
		},
	],
};

/** Pages whose permissions are to be taken away. */
export const pageIdsField: INodeProperties = {
	displayName: 'Page Names or IDs',
	name: 'pageIds',
	type: 'multiOptions',
	default: [],
	required: true,
	...PAGE_PICK,
};

function rolesIn(value: unknown): Role[] {
	return idList(value).map((name) => {
		const role = ROLE_NAMES[name] ?? Object.values(ROLE_NAMES).find((known) => known === name);
		if (!role) throw badInput('pages', `has an unknown role: "${name}"`, `Nothing was sent. The roles are ${Object.keys(ROLE_NAMES).join(', ')}`);
		return role;
	});
}

/** @throws Failure when there is no page, a page without an ID, or a page twice */
export function pageRoles(input: Input): PageRoles[] {
	const entries = [(input.collection('pages').page ?? []) as IDataObject | IDataObject[]].flat();
	const pages = entries.map(({ pageId, roles }) => ({ pageId: String(pageId ?? '').trim(), roles: rolesIn(roles ?? []) }));
	if (pages.length === 0) throw badInput('pages', 'is empty', 'Nothing was sent: add at least one page');
	if (pages.some(({ pageId }) => !pageId)) throw badInput('pages', 'has an entry without a page', 'Nothing was sent');
	const twice = pages.find(({ pageId }, index) => pages.findIndex((other) => other.pageId === pageId) !== index);
	if (twice) throw badInput('pages', `names page ${twice.pageId} twice`, 'Nothing was sent: put all its roles into one entry');
	return pages;
}
