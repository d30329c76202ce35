import type { Page } from '../../../services/statuspage/endpoints';
import { leaversOf, leaverName, type LeaverRow } from '../../../services/statuspage/plans/offboarding/leavers';
import {
	offboardingPlan,
	type OffboardingOptions,
} from '../../../services/statuspage/plans/offboarding/offboardingPlan';
import { Breather } from '../../../shared/http/breather';
import { mapConcurrently } from '../../../shared/http/concurrently';
import { invalidInput } from '../../../shared/operations/invalidInput';
import type { Output } from '../../../shared/operations/operation';
import { audienceOf } from '../audienceCheck';
import type { StatuspageInput } from '../statuspageInput';
import { FieldValues } from './fieldValues';
import { chosenPages } from './pagesOption';
import { planOutputs } from './planOutputs';

/** Reads the email, the external login, or both. */
function toLeaverRow(fields: FieldValues, input: StatuspageInput): LeaverRow {
	const { values, item } = input;
	const email = values.fieldOrValue('email');
	const login = values.collection('additionalFields').fieldOrValue('externalLogin');
	const externalLogin = login ? fields.login(input, login) : '';
	if (email && !fields.isEmpty(input, email)) {
		// A leaver may have records that only the login finds, so an empty login must not be ignored.
		if (login && externalLogin === '')
			throw invalidInput(
				`${login.label} of item ${item}`,
				'is empty',
				'Enter a value or remove the field. Use a separate node for leavers without an external login',
				item,
			);
		return { item, externalLogin, ...fields.email(input, email) };
	}
	if (externalLogin !== '') return { item, externalLogin, email: '' };
	const problem = login ? "is empty, and so is 'External Login'" : 'is empty';
	throw invalidInput(
		`'Email' of item ${item}`,
		problem,
		"Enter an email. For leavers without one, add the field 'External Login'",
		item,
	);
}

async function checkAudiences(
	input: StatuspageInput,
	pages: Page[],
	concurrency: number,
): Promise<Map<string, string>> {
	const seen = await mapConcurrently(
		pages,
		{ concurrency, clock: input.api.connection.clock },
		async ({ id }) => [id, (await audienceOf(input, id, 'off'))?.summary] as const,
	);
	return new Map(seen.flatMap(([id, summary]) => (summary === undefined ? [] : [[id, summary] as const])));
}

export async function runPlanOffboarding(inputs: StatuspageInput[], concurrency: number): Promise<Output[]> {
	const [first] = inputs;
	const fields = new FieldValues(inputs);
	const breather = new Breather(first.api.connection.clock);
	const rows: LeaverRow[] = [];
	for (const input of inputs) {
		await breather.breathe();
		rows.push(toLeaverRow(fields, input));
	}
	const leavers = leaversOf(rows);
	const { pages, otherPages } = await chosenPages(first);
	const options: OffboardingOptions = {
		pages,
		otherPages,
		organizationId: first.optionalOrganizationId,
		viewers: first.values.choice('viewers', 'delete'),
		teamMembers: first.values.choice('teamMembers', 'delete'),
		includesSubscriptions: first.options.flag('includeSubscriptions'),
		concurrency,
	};
	const audience = await checkAudiences(first, pages, concurrency);
	const { pages: read, teamMembers, ...found } = await offboardingPlan(first.api, leavers, options);
	return await planOutputs(first, {
		title: `Offboarding of ${leavers.length === 1 ? leaverName(leavers[0]) : `${leavers.length} people`}`,
		...found,
		sizes: { pages: read, teamMembers },
		audience,
	});
}
