import type { IDataObject } from 'n8n-workflow';
import { sideBySide } from '../../../shared/transport/sideBySide';
import { reportHtml } from '../../access/reportHtml';
import { reportRows, type MemberPermissions } from '../../access/report';
import { readOwnComponents, readSnapshot, type PageSnapshot } from '../../access/snapshot';
import { getPermissions } from '../../api/permissions';
import type { TeamMember } from '../../api/rows';
import { optionsField } from '../../../shared/actions/fields/options';
import { idList } from '../../../shared/actions/idList';
import { isSame } from '../../../shared/api/matching';
import { organizationOption } from '../fields/organization';
import { checkedEmail, type Input } from '../input';
import type { Output } from '../../../shared/actions/operation';
import type { Operation } from '../operation';
import { pagesFor, pagesOption } from './pages';

/** The service has no list of permissions: one request a member. */
async function readMembers(input: Input, emails: string[] | undefined, concurrency: number): Promise<MemberPermissions[]> {
	const { api, optionalOrganizationId: organizationId } = input;
	const members = await api.list<TeamMember>('listTeamMembers', { organizationId }, { keep: emails && (({ email }) => emails.some((wanted) => isSame(email, wanted))) });
	const ended = await sideBySide({
		count: members.length,
		concurrency,
		clock: api.connection.clock,
		run: async (index): Promise<MemberPermissions> => ({ member: members[index], permissions: await getPermissions(api, { organizationId, teamMemberId: members[index].id }) }),
		stopsAfter: (result) => 'error' in result,
	});
	return ended.map((result) => {
		if (result && 'value' in result) return result.value;
		throw (ended.find((other) => other && 'error' in other) as { error: Error }).error;
	});
}

/** The people whom the report is about; undefined for all. */
function emailsIn(input: Input): string[] | undefined {
	const emails = idList(input.collection('options').emails ?? []).map((email) => checkedEmail('emails', email));
	return emails.length > 0 ? emails : undefined;
}

async function report(inputs: Input[], concurrency: number): Promise<Output[]> {
	const [input] = inputs;
	const { api } = input;
	const { directComponents = true, teamMembers = true } = input.collection('options');
	const emails = emailsIn(input);
	const pages = await pagesFor(input);
	const snapshots: PageSnapshot[] = [];
	for (const page of pages) {
		const snapshot = await readSnapshot(api, page, { components: true, emails });
		if (directComponents) await readOwnComponents(api, snapshot, snapshot.viewers.map(({ id }) => id));
		snapshots.push(snapshot);
	}
	const hasTeam = teamMembers === true && input.optionalOrganizationId !== '';
	const members = hasTeam ? await readMembers(input, emails, concurrency) : [];
	const remarks = [
		...(emails ? [`Only these people were looked at: ${emails.join(', ')}`] : []),
		...(directComponents ? [] : ['What viewers see besides their groups was not looked at']),
		...(hasTeam ? [] : ['Team members were not looked at']),
	];
	for (const remark of remarks) input.remark(remark);
	const rows = reportRows({ snapshots, hasDirect: directComponents === true, isPartial: emails !== undefined, members, pageNames: new Map(pages.map(({ id, name }) => [id, name])) });
	if (input.text('output') !== 'html') return rows.map((row) => ({ json: { ...row } as unknown as IDataObject, items: [] }));
	const date = new Date(api.connection.clock.calendar()).toISOString().slice(0, 16).replace('T', ' ');
	const title = pages.length === 1 ? `Who sees what on ${pages[0].name}` : 'Who sees what on Statuspage';
	const fileName = `statuspage-access-${date.slice(0, 10)}.html`;
	const data = await input.file(reportHtml(rows, { title, date: `${date} UTC`, remarks }), fileName, 'text/html');
	const findings = rows.filter(({ kind }) => kind === 'finding');
	return [{ json: { title, date, fileName, rows: rows.length - findings.length, findings: findings as unknown as IDataObject[], remarks }, binary: { data }, items: [] }];
}

export const getReport: Operation = {
	value: 'getReport',
	name: 'Get Report',
	action: 'Get report of who can see what',
	description: 'List who can see what, and how: by group, by components of their own, or by a role; and what a reviewer should look at. Only reads.',
	uses: ['listPages', 'listViewers', 'listViewerGroups', 'listComponents', 'listViewerComponents', 'listTeamMembers', 'getPermissions'],
	fields: [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'HTML File', value: 'html', description: 'One item with a file that a person can read, sort and filter without a network' },
				{ name: 'Items', value: 'items', description: 'One item for each person, page, component and way, and one for each finding' },
			],
			default: 'items',
			description: 'What to return',
		},
		optionsField(
			{
				displayName: 'Direct Components',
				name: 'directComponents',
				type: 'boolean',
				default: true,
				description: 'Whether to look at what viewers see besides their groups as well. No list shows it, so that it takes one request a viewer: at 60 a minute, 5,000 viewers take an hour and a half.',
			},
			organizationOption,
			pagesOption,
			{
				displayName: 'People',
				name: 'emails',
				type: 'string',
				default: '',
				placeholder: 'e.g. anna@example.com, ben@example.com',
				description: 'Only what people with these e-mails see, as text with commas or as an array (expression); everybody when empty. No row comes out for people who see nothing: proof that a leaver is gone.',
			},
			{ displayName: 'Team Members', name: 'teamMembers', type: 'boolean', default: true, description: 'Whether to include the roles of team members, at one request a member' },
		),
	],
	executeAsOne: report,
};
