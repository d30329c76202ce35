import type { IPollFunctions } from 'n8n-workflow';
import {
	isOfOrganization,
	sourcesFor,
	type AccessKind,
	type Source,
} from '../../services/statuspage/accessWatch/accessKinds';
import { accessReader, type AccessPlace, type AccessReader } from '../../services/statuspage/accessWatch/accessReader';
import { placeHash } from '../../services/statuspage/accessWatch/accessState';
import { connectToStatuspage } from '../../services/statuspage/connectToStatuspage';
import { page } from '../../services/statuspage/objects/page';
import { ORGANIZATION_ADVICE } from '../../services/statuspage/organization';
import type { StatuspageApi } from '../../services/statuspage/statuspageApi';
import { pollTimeLimits } from '../../shared/http/timeLimits';
import { invalidInput } from '../../shared/operations/invalidInput';
import type { Values } from '../../shared/operations/values';

/** What one node watches, from its fields and its credential. */
export interface AccessSettings {
	api: StatuspageApi;
	kinds: AccessKind[];
	sources: Source[];
	daysBefore: number;
	/** Equal for polls that can continue the passes of each other. */
	digest: string;
	/** Resolves the name of the page. Sends a request only if the page was entered by its name. */
	connect: () => Promise<{ place: AccessPlace; reader: AccessReader; about: (source: Source) => string }>;
}

/** @throws Failure before any request if something is missing */
export async function accessSettings(context: IPollFunctions, values: Values): Promise<AccessSettings> {
	const kinds = values.choices<AccessKind>('events');
	const options = values.collection('options');
	const { api, organizationId: ownId } = await connectToStatuspage(context, pollTimeLimits(context));
	const { baseUrl, secret, expiresOn } = api.connection;
	const organizationId = (options.has('organizationId') && options.optionalText('organizationId')) || ownId;
	const keepEmails = options.flag('keepEmails');
	const sources = sourcesFor(kinds);
	if (organizationId === '' && sources.some(isOfOrganization))
		throw invalidInput(
			'Organization ID',
			'is empty',
			`Team members and permissions belong to an organization. ${ORGANIZATION_ADVICE}`,
		);
	if (expiresOn === undefined && kinds.includes('keyExpires'))
		throw invalidInput(
			values.label('events'),
			"contains 'Key Expires', but the credential has no expiry date",
			"Enter the date as 'Key Expires On' in the credential",
		);
	const locator = values.has('pageId') ? values.locator('pageId') : undefined;
	return {
		api,
		kinds,
		sources,
		daysBefore: values.number('daysBeforeExpiry') ?? 0,
		digest: placeHash(baseUrl, secret, organizationId, JSON.stringify([locator, kinds, keepEmails])),
		async connect() {
			const pageId = locator ? await page.idOf(api, {}, locator, { label: values.label('pageId') }) : '';
			const place = { pageId, organizationId };
			return {
				place,
				reader: accessReader(api, place, keepEmails),
				// Without the key: after a new key, the changes since the last poll with the old one are still found.
				about: (source) => placeHash(baseUrl, isOfOrganization(source) ? organizationId : pageId),
			};
		},
	};
}
