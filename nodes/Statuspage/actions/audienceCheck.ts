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
			{ name: 'Stop', value: 'stop', description: 'Stop the run if the page is probably not audience-specific' },
			{ name: 'Warn', value: 'warn', description: 'Show a warning and continue' },
		],
		default: otherwise,
		uses: ['getPage', 'listViewers'],
		description:
			'How to check first that the page is audience-specific. On other pages, viewers have no effect. Uses two extra requests per page.',
	};
}

/**
 * Checks once per run whether the page is audience-specific.
 *
 * @returns undefined if the check is off
 * @throws Failure if the check is set to stop and the page is probably not audience-specific
 */
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

/** Options of operations that write viewers or their access. */
export function viewerOptionsField(...own: Field[]): Field {
	return optionsField(audienceCheckOption('off'), ...own);
}

/** Operations that write viewers show it, because such calls succeed on other pages too and have no effect there. */
export const audienceNotice: Field = {
	displayName:
		'Viewers and viewer groups only affect audience-specific pages. On other pages, Statuspage may accept the change without any effect.',
	name: 'audienceNotice',
	type: 'notice',
	default: '',
};
