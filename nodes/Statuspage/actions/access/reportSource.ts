import type { Page } from '../../../services/statuspage/endpoints';
import { component } from '../../../services/statuspage/objects/component';
import { getPermissions } from '../../../services/statuspage/permissions';
import type { MemberPermissions, ReportPage } from '../../../services/statuspage/plans/report/reportRows';
import { ownComponents, readOwnLists, readSnapshot } from '../../../services/statuspage/plans/snapshot';
import { emailKey } from '../../../shared/client/matching';
import { mapConcurrently } from '../../../shared/http/concurrently';
import type { StatuspageInput } from '../statuspageInput';
import { lookUpIn } from '../lookUpOption';
import { componentsOnPages } from './componentsOnPages';

/** The people and kinds of access that a report covers. */
export interface ReportOptions {
	/** Only these people. Undefined for all people. */
	emails?: string[];
	hasDirect: boolean;
	hasTeam: boolean;
	concurrency: number;
}

/** Data that was read for a report. */
export interface ReportSource {
	/** Pages whose lists were read. In a report about selected components, only pages that have one of them. */
	pages: ReportPage[];
	componentIds: Set<string> | undefined;
	members: MemberPermissions[];
}

/** The API has no list of permissions, so each team member takes one request. */
async function readMembers(
	input: StatuspageInput,
	{ emails, concurrency }: ReportOptions,
): Promise<MemberPermissions[]> {
	const { api, optionalOrganizationId: organizationId } = input;
	const wanted = emails && new Set(emails.map(emailKey));
	const members = await api.list(
		'listTeamMembers',
		{ organizationId },
		{ keep: wanted && (({ email }) => wanted.has(emailKey(email))) },
	);
	const { clock } = api.connection;
	return await mapConcurrently(members, { concurrency, clock }, async (member) => ({
		member,
		permissions: await getPermissions(api, { organizationId, teamMemberId: member.id }),
	}));
}

/** Reads the data that the report needs. Components are read first, so an unknown name stops it before the long lists are read. */
export async function readReport(
	input: StatuspageInput,
	pages: Page[],
	question: ReportOptions,
): Promise<ReportSource> {
	const { api } = input;
	const { emails, hasDirect, hasTeam, concurrency } = question;
	const many = { concurrency, clock: api.connection.clock };
	const { keep: isComponent = () => true } = component.row;
	const lists = await mapConcurrently(pages, many, async (page) => {
		const rows = await api.list('listComponents', { pageId: page.id });
		return {
			page,
			components: rows.filter(isComponent),
			componentGroups: new Map(rows.filter((row) => !isComponent(row)).map(({ id, name }) => [id, name])),
		};
	});
	const componentIds = componentsOnPages(
		input,
		'componentIds',
		lists.map(({ components }) => components),
	);
	const wanted = lists.filter(({ components }) => !componentIds || components.some(({ id }) => componentIds.has(id)));
	const read = await mapConcurrently(
		wanted,
		many,
		async ({ page, components, componentGroups }): Promise<ReportPage> => {
			const snapshot = await readSnapshot(api, page, { components: false, emails, lookUp: lookUpIn(input) });
			return { ...snapshot, components, componentGroups };
		},
	);
	if (hasDirect) {
		const own = read.flatMap((page) =>
			ownComponents(
				page,
				page.viewers.map(({ id }) => id),
			),
		);
		await readOwnLists(api, own, concurrency);
	}
	return { pages: read, componentIds, members: hasTeam ? await readMembers(input, question) : [] };
}
