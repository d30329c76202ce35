import { readAudience, requireAudience, type Audience } from '../../services/statuspage/audience';
import type { Field } from '../../shared/fields/field';
import { optionsField } from '../../shared/fields/options';
import type { StatuspageInput } from './statuspageInput';

export type AudienceCheck = 'off' | 'warn' | 'stop';

export function audienceCheckOption(otherwise: AudienceCheck): Field {
	return {
		displayName: 'Audience Check',
		name: 'audienceCheck',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off' },
			{ name: 'Stop', value: 'stop', description: 'End with an error when the page is probably not audience-specific' },
			{ name: 'Warn', value: 'warn', description: 'Say what was seen, and go on' },
		],
		default: otherwise,
		uses: ['getPage', 'listViewers'],
		description:
			'Whether to look first if the page is audience-specific: on others Statuspage accepts viewers and groups, and they do nothing. Two requests a page.',
	};
}

/** What was seen of the page's kind, once a run; nothing when the check is off. Throws Failure where it is to stop. */
export async function audienceOf(
	input: StatuspageInput,
	pageId: string,
	otherwise: AudienceCheck,
): Promise<Audience | undefined> {
	const check = input.options.choice<AudienceCheck>('audienceCheck', otherwise);
	if (check === 'off') return undefined;
	const audience = await readAudience(input.api, pageId);
	if (check === 'stop') requireAudience(audience);
	if (audience.isAudienceSpecific !== true) input.remark(audience.summary);
	return audience;
}

/** Options of operations that write viewers or what they may see. */
export function viewerOptionsField(...own: Field[]): Field {
	return optionsField(audienceCheckOption('off'), ...own);
}

/** Stands above every operation that writes viewers: elsewhere such calls succeed and do nothing. */
export const audienceNotice: Field = {
	displayName:
		'Viewers and their groups take effect on audience-specific pages only. Statuspage does not say which pages are: on others it may accept the change and do nothing. Viewers are not subscribers',
	name: 'audienceNotice',
	type: 'notice',
	default: '',
};
