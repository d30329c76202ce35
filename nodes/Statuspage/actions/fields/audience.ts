import type { INodeProperties } from 'n8n-workflow';
import { checkAudience, requireAudience, type Audience } from '../../api/audience';
import type { Input } from '../input';
import { optionsField } from '../../../shared/actions/fields/options';

export type AudienceCheck = 'off' | 'warn' | 'stop';

export function audienceCheckOption(otherwise: AudienceCheck): INodeProperties {
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
		description: 'Whether to look first if the page is audience-specific: on others Statuspage accepts viewers and groups, and they do nothing. Two requests a page.',
	};
}

/** What was seen of the page's kind, once a run; nothing when the check is off. Throws Failure where it is to stop. */
export async function audienceOf(input: Input, pageId: string, otherwise: AudienceCheck): Promise<Audience | undefined> {
	const check = (input.collection('options').audienceCheck ?? otherwise) as AudienceCheck;
	if (check === 'off') return undefined;
	const audience = await checkAudience(input.api, pageId);
	if (check === 'stop') requireAudience(audience);
	if (audience.isAudienceSpecific !== true) input.remark(audience.summary);
	return audience;
}

/** Options of operations that write viewers or what they may see. */
export function viewerOptionsField(...own: INodeProperties[]): INodeProperties {
	return optionsField(audienceCheckOption('off'), ...own);
}
