import type { IDataObject } from 'n8n-workflow';
import { getPermissions } from '../../../services/statuspage/permissions';
import { notFoundBySearch, reportRows, type MemberPermissions } from '../../../services/statuspage/plans/report';
import { reportHtml } from '../../../services/statuspage/plans/reportHtml';
import { readOwnComponents, readSnapshot, type PageSnapshot } from '../../../services/statuspage/plans/snapshot';
import { isSameEmail } from '../../../shared/client/matching';
import { optionsField } from '../../../shared/fields/options';
import { sideBySide } from '../../../shared/http/sideBySide';
import type { Output } from '../../../shared/operations/operation';
import type { Input } from '../input';
import { lookUpIn, lookUpOption } from '../lookUp';
import type { Operation } from '../operation';
import { organizationOption } from '../organizationOption';
import { pagesFor, pagesOption } from './pages';

/** The service has no list of permissions: one request a member. */
async function readMembers(input: Input, emails: string[] | undefined, concurrency: number): Promise<MemberPermissions[]> {
	const { api, optionalOrganizationId: organizationId } = input;
	const members = await api.list('listTeamMembers', { organizationId }, { keep: emails && (({ email }) => emails.some((wanted) => isSameEmail(email, wanted))) });
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
function emailsIn({ options }: Input): string[] | undefined {
	return options.has('emails') ? options.emails('emails').map(({ email }) => email) : undefined;
}

async function report(inputs: Input[], concurrency: number): Promise<Output[]> {
	const [input] = inputs;
	const { api, options } = input;
	const hasDirect = options.flag('directComponents', true);
	const emails = emailsIn(input);
	const lookUp = lookUpIn(input);
	const pages = await pagesFor(input);
	const snapshots: PageSnapshot[] = [];
	for (const page of pages) {
		const snapshot = await readSnapshot(api, page, { components: true, emails, lookUp });
		if (hasDirect) await readOwnComponents(api, snapshot, snapshot.viewers.map(({ id }) => id));
		snapshots.push(snapshot);
	}
	const hasTeam = options.flag('teamMembers', true) && input.optionalOrganizationId !== '';
	const members = hasTeam ? await readMembers(input, emails, concurrency) : [];
	const remarks = [
		...(emails ? [`Only these people were looked at: ${emails.join(', ')}`] : []),
		...(hasDirect ? [] : ['What viewers see besides their groups was not looked at']),
		...(hasTeam ? [] : ['Team members were not looked at']),
	];
	for (const remark of remarks) input.remark(remark);
	const rows = [
		...reportRows({ snapshots, hasDirect, isPartial: emails !== undefined, members, pageNames: new Map(pages.map(({ id, name }) => [id, name])) }),
		...(emails && lookUp === 'quick' ? notFoundBySearch(snapshots, emails) : []),
	];
	if (input.values.text('output') !== 'html') return rows.map((row) => ({ json: { ...row } as unknown as IDataObject, items: [] }));
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
	isReadOnly: true,
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
			lookUpOption('It counts with People only. Quick then returns a finding with notFoundBySearch: true for whom the search does not find'),
			organizationOption,
			pagesOption,
			{
				displayName: 'People',
				name: 'emails',
				type: 'string',
				accepts: 'emails',
				default: '',
				placeholder: 'e.g. anna@example.com, ben@example.com',
				description: 'Only what people with these emails see, as text with commas or as an array (expression); everybody when empty. No row comes out for people who see nothing: proof that a leaver is gone.',
			},
			{ displayName: 'Team Members', name: 'teamMembers', type: 'boolean', default: true, description: 'Whether to include the roles of team members, at one request a member' },
		),
	],
	executeAsOne: report,
};
