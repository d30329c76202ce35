import type { Job, JobPlan, Site } from '../job.mts';
import { short } from '../settings.mts';
import { byId, http, statuspage, workflow } from '../workflows.mts';

const MEMBERS = 100;

async function permissionJob({ url, stateOf }: Site): Promise<Job> {
	const state = await stateOf(100);
	const pages = Object.keys(state.pages);
	const members = Object.values(state.members).slice(0, MEMBERS);
	const path = (member: string) => `/organizations/${state.organizationId}/permissions/${member}`;
	// Three changes per member, one per page. The third page has no roles.
	const rows = members.flatMap(({ row }) =>
		pages.map((page) => ({ member: row.id, page, roles: page === pages[2] ? [] : ['incidentManager'] })),
	);
	const wanted = (page: string) =>
		page === pages[2] ? {} : { page_configuration: false, incident_manager: true, maintenance_manager: false };
	const ours = statuspage('short', {
		resource: 'permission',
		operation: 'update',
		teamMemberId: byId('={{ $json.member }}'),
		pages: { page: [{ pageId: '={{ $json.page }}', roles: '={{ $json.roles }}' }] },
		options: { organizationId: state.organizationId },
	});
	const steps = (everyMs?: number) => [
		http('Work: get', {
			method: 'GET',
			url: `=${url}/organizations/${state.organizationId}/permissions/{{ $json.member }}`,
			everyMs,
		}),
		http('Work: update', {
			method: 'PUT',
			url: `=${url}/organizations/${state.organizationId}/permissions/{{ $('Items').item.json.member }}`,
			body: `={{ { "pages": { ...$json.data.pages, [$('Items').item.json.page]: $('Items').item.json.page === '${pages[2]}' ? {} : { "page_configuration": false, "incident_manager": true, "maintenance_manager": false } } } }}`,
			everyMs,
		}),
	];
	return {
		name: 'permissions-300',
		asked: rows.length,
		simulator: { ...short.simulator, viewers: 100 },
		window: short.window,
		statuspage: [workflow('permissions-statuspage', rows, ours)],
		http: [workflow('permissions-http', rows, steps())],
		careful: [workflow('permissions-careful', rows, steps(short.everyMs))],
		limit: [
			members.flatMap(({ row, permissions }) => [
				{ method: 'GET', path: path(row.id) },
				{
					method: 'PUT',
					path: path(row.id),
					body: { pages: { ...permissions, ...Object.fromEntries(pages.map((page) => [page, wanted(page)])) } },
				},
			]),
		],
		tally(_, after) {
			const isApplied = ({ member, page }: { member: string; page: string }) =>
				JSON.stringify(after.members[member]?.permissions[page]) === JSON.stringify(wanted(page));
			return { done: rows.filter(isApplied).length, harmed: 0 };
		},
	};
}

export const permissionJobs: JobPlan[] = [{ name: 'permissions-300', prepare: permissionJob }];
