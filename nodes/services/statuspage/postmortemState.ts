import type { IDataObject } from 'n8n-workflow';
import type { Postmortem } from './endpoints';

/** True if the page shows the postmortem. Undefined if the response doesn't show this, which is not the same as false. */
export function isPublished({ published_at: at }: Postmortem): boolean | undefined {
	if (at === null || at === false || at === '') return false;
	return at === true || typeof at === 'string' ? true : undefined;
}

const isBlank = (text: string | null | undefined) => text === null || text?.trim() === '';

/** True for a postmortem without any text. False if the response doesn't show this. */
export function hasNoText({ body, body_draft: draft }: Postmortem): boolean {
	return isBlank(draft) && isBlank(body);
}

/** True if publishing would not change the published text. False if the response doesn't show this. */
function hasNoNewDraft({ body, body_draft: draft }: Postmortem): boolean {
	if (draft === undefined) return false;
	return isBlank(draft) || draft?.trim() === body?.trim();
}

/** True if the postmortem is published with its newest text, and everybody in `wanted` was notified. Publishing again would notify them twice. */
export function isPublishedAsWanted(postmortem: Postmortem, wanted: IDataObject): boolean {
	const { notify_subscribers: notifies, notify_twitter: tweets, custom_tweet: tweet } = wanted;
	return (
		isPublished(postmortem) === true &&
		hasNoNewDraft(postmortem) &&
		(notifies !== true || postmortem.notify_subscribers === true) &&
		(tweets !== true || postmortem.notify_twitter === true) &&
		(tweet === undefined || postmortem.custom_tweet === tweet)
	);
}

/** True if the postmortem was published between the two reads. False if they don't show this. */
export function wasPublished(before: Postmortem, current: Postmortem): boolean {
	if (isPublished(current) !== true) return false;
	if (isPublished(before) === false) return true;
	const isNewer = (name: string) => typeof current[name] === 'string' && current[name] !== before[name];
	return isNewer('published_at') || isNewer('body_updated_at') || isNewer('body');
}
