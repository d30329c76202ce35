import type { IDataObject } from 'n8n-workflow';
import { findLostWrite } from '../../shared/client/findLostWrite';
import { Failure, asError, mayHaveArrived } from '../../shared/http/failures';
import type { IncidentTemplate } from './endpoints';
import { idsBeforeCreates, onlyNew } from './newObjects';
import type { StatuspageApi } from './statuspageApi';

export interface CreatedTemplate {
	template: IncidentTemplate;
	/** Set if the answer was lost and the template was found. */
	note?: string;
}

/** Statuspage may change blanks at the ends, and line breaks. */
function isSameText(a: unknown, b: unknown): boolean {
	const plain = (text: unknown) => (typeof text === 'string' ? text.replace(/\r\n?/g, '\n').trim() : undefined);
	return plain(a) !== undefined && plain(a) === plain(b);
}

/**
 * Looks for the template of a create whose answer was lost.
 *
 * @throws Failure if several templates fit, or if it can't be decided which templates are new
 */
async function findLost(
	api: StatuspageApi,
	pageId: string,
	{ name, body }: IDataObject,
	known: Set<string> | undefined,
): Promise<IncidentTemplate | undefined> {
	if (!known)
		throw new Failure({ kind: 'answer', message: 'the templates of the page could not be read before the request' });
	const keep = (row: IncidentTemplate) =>
		!known.has(row.id) && isSameText(row.name, name) && isSameText(row.body, body);
	return onlyNew(await api.list('listIncidentTemplates', { pageId }, { keep }), 'templates');
}

/**
 * Creates a template. Names of templates are not unique, so if the answer is lost, the request is not sent again. The template is then
 * looked up: it must be new, and have the name and the message of the request. Templates have no creation date, so the list is read before
 * the first create of a run.
 *
 * @param body the fields, named as in the API
 * @throws Failure, also if the template can't be identified surely; Cancelled
 */
export async function createIncidentTemplate(
	api: StatuspageApi,
	pageId: string,
	body: IDataObject,
): Promise<CreatedTemplate> {
	const known = await idsBeforeCreates(
		api,
		`templates of page ${pageId}`,
		async () => await api.list('listIncidentTemplates', { pageId }),
	);
	try {
		const template = await api.call('createIncidentTemplate', { pageId }, { body });
		known?.add(template.id);
		return { template };
	} catch (error) {
		if (!mayHaveArrived(error)) throw asError(error);
		const template = await findLostWrite(api, error, {
			find: async () => await findLost(api, pageId, body, known),
			notFound: 'The template was not found among the templates of the page',
			subject: 'the templates of the page',
		});
		known?.add(template.id);
		return { template, note: 'The answer was lost, but the template was found. It was created once.' };
	}
}
