import type { IDataObject } from 'n8n-workflow';
import type { Page } from '../../../services/statuspage/endpoints';
import { page } from '../../../services/statuspage/objects/page';
import { peopleIn, reportRows, type ReportRow } from '../../../services/statuspage/plans/report/reportRows';
import { reportCsv } from '../../../services/statuspage/plans/report/reportCsv';
import { summaryOf, type ReportFacts } from '../../../services/statuspage/plans/report/reportFacts';
import { noAccessFound, notFoundBySearch } from '../../../services/statuspage/plans/report/reportFindings';
import { reportHtml } from '../../../services/statuspage/plans/report/reportHtml';
import type { Clock } from '../../../shared/http/clock';
import { Breather } from '../../../shared/http/breather';
import type { Output } from '../../../shared/operations/operation';
import type { StatuspageInput } from '../statuspageInput';
import { lookUpIn } from '../lookUpOption';
import { pagesFor } from './pagesOption';
import { reportCoverage } from './reportCoverage';
import { readReport } from './reportSource';

type FileOutput = 'csv' | 'html';

/** Emails of the people in the report. Undefined for all people. */
function emailsIn({ options }: StatuspageInput): string[] | undefined {
	return options.has('emails') ? options.emails('emails').map(({ email }) => email) : undefined;
}

/** The reason why roles of team members are not read. Undefined if they are read. */
function teamOmittedReason({ options, optionalOrganizationId }: StatuspageInput): string | undefined {
	if (options.entries('componentIds').entries.length > 0) return 'roles apply to whole pages, not to single components';
	if (!options.flag('teamMembers', true)) return "'Team Members' is off";
	return optionalOrganizationId === '' ? 'the credential has no organization ID' : undefined;
}

/** The restrictions of the report, as readable lines. */
function restrictions(emails: string[] | undefined, componentNames: string[] | undefined): string[] {
	return [
		...(emails ? [`Only these people were checked: ${emails.join(', ')}`] : []),
		...(componentNames ? [`Only these components were checked: ${componentNames.join(', ')}`] : []),
	];
}

async function itemsOf(rows: object[], clock: Clock): Promise<Output[]> {
	const breather = new Breather(clock);
	const outputs: Output[] = [];
	for (const row of rows) {
		await breather.breathe();
		outputs.push({ json: { ...row } as IDataObject, items: [] });
	}
	return outputs;
}

async function fileOf(
	input: StatuspageInput,
	output: FileOutput,
	rows: ReportRow[],
	facts: ReportFacts,
	pages: Page[],
	remarks: string[],
): Promise<Output> {
	const { clock } = input.api.connection;
	const fileName = `statuspage-access-${facts.date.slice(0, 10)}.${output}`;
	const content =
		output === 'csv' ? await reportCsv(rows, facts, clock) : await reportHtml(rows, facts, pages.length, clock);
	const data = await input.file(content, fileName, `text/${output}`);
	const findings = rows.filter(({ kind }) => kind === 'finding');
	const accessRows = rows.length - findings.length;
	const { title, date, requests, lookedAt, notLookedAt } = facts;
	const { text } = summaryOf(facts, accessRows, findings.length);
	const json = {
		title,
		date,
		fileName,
		rows: accessRows,
		findings: findings as unknown as IDataObject[],
		remarks,
		requests,
		lookedAt,
		notLookedAt,
		text,
	};
	return { json, binary: { data }, items: [] };
}

export async function runGetReport(inputs: StatuspageInput[], concurrency: number): Promise<Output[]> {
	const [input] = inputs;
	const { api, options } = input;
	const { clock } = api.connection;
	const emails = emailsIn(input);
	const isQuick = lookUpIn(input) === 'quick';
	const noTeam = teamOmittedReason(input);
	const question = {
		emails,
		hasDirect: options.flag('directComponents', true),
		hasTeam: noTeam === undefined,
		concurrency,
	};
	const chosenPages = await pagesFor(input);
	const source = await readReport(input, chosenPages, question);
	const { pages, componentIds, members } = source;
	const rows = await reportRows(
		{
			...source,
			hasDirect: question.hasDirect,
			isPartial: emails !== undefined,
			members,
			pageNames: new Map(chosenPages.map(({ id, name }) => [id, name])),
		},
		clock,
	);
	if (emails && isQuick) for (const finding of notFoundBySearch(pages, emails)) rows.push(finding);

	const coverage = reportCoverage(source, {
		...question,
		allPages: await page.all(api, {}),
		chosenPages,
		isQuick,
		teamOmittedReason: noTeam,
	});
	const names =
		componentIds &&
		pages.flatMap(({ components }) => components.filter(({ id }) => componentIds.has(id)).map(({ name }) => name));
	const only = restrictions(emails, names && [...new Set(names)]);
	const remarks = [
		...only,
		...(question.hasDirect ? [] : ['Own components of viewers were not checked']),
		...(noTeam === undefined ? [] : [`Team members were not checked: ${noTeam}`]),
	];
	for (const remark of remarks) input.remark(remark);

	const output = input.values.choice<FileOutput | 'items'>('output', 'items');
	const hasSummary = output !== 'items' || options.flag('includeSummary');
	// A quick search does not prove that a person has no access.
	if (hasSummary && emails && !isQuick) {
		const access = names ? 'access to these components' : 'access';
		for (const finding of noAccessFound(pages, emails, peopleIn(rows), access, coverage)) rows.push(finding);
	}
	const { requests } = api.connection.report;
	const lookedAt = [...only, ...coverage.lookedAt];
	if (output === 'items') {
		const findings = rows.filter(({ kind }) => kind === 'finding').length;
		return await itemsOf(
			[
				...rows,
				...(hasSummary ? [summaryOf({ ...coverage, lookedAt, requests }, rows.length - findings, findings)] : []),
			],
			clock,
		);
	}
	const date = new Date(clock.calendar()).toISOString().slice(0, 16).replace('T', ' ');
	const title = chosenPages.length === 1 ? `Access report for ${chosenPages[0].name}` : 'Access report for Statuspage';
	return [
		await fileOf(
			input,
			output,
			rows,
			{ ...coverage, lookedAt, requests, title, date: `${date} UTC` },
			chosenPages,
			remarks,
		),
	];
}
