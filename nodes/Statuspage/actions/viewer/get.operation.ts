import { page } from '../../../services/statuspage/objects/page';
import { viewer } from '../../../services/statuspage/objects/viewer';
import { lookUpViewer, noSuchViewer } from '../../../services/statuspage/viewers';
import { optionsField } from '../../../shared/fields/options';
import { lookUpIn, lookUpOption } from '../lookUpOption';
import { emailOfLocator } from '../emailOfLocator';
import type { StatuspageOperation } from '../statuspageOperation';
import { emailOfViewer } from '../itemViewer';

export const get: StatuspageOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get viewer',
	description: 'Retrieve a viewer by ID or email',
	isReadOnly: true,
	uses: ['getViewer'],
	fields: [
		page.locator,
		viewer.locator,
		optionsField(lookUpOption("If 'Quick' finds no viewer, the output is 'notFoundBySearch: true'")),
	],
	runs: 'perItem',
	async execute(input) {
		const pageId = await input.pageId();
		const email = emailOfViewer(input);
		if (email === undefined)
			return await input.api.call('getViewer', { pageId, viewerId: input.values.locator('viewerId').text });
		const lookUp = lookUpIn(input);
		const found = await lookUpViewer(input.api, pageId, email, lookUp);
		if (found) return { ...found, ...emailOfLocator(input, viewer), email: found.email };
		if (lookUp === 'quick') return { pageId, ...emailOfLocator(input, viewer), notFoundBySearch: true };
		throw noSuchViewer(email);
	},
};
