import { incident } from '../../../services/statuspage/objects/incident';
import { incidentSubscriber } from '../../../services/statuspage/objects/incidentSubscriber';
import { page } from '../../../services/statuspage/objects/page';
import { optionsField } from '../../../shared/fields/options';
import { emailOfLocator } from '../emailOfLocator';
import type { StatuspageOperation } from '../statuspageOperation';
import { incidentPlace, incidentSubscriberId } from './itemIncidentSubscriber';

export const resendConfirmation: StatuspageOperation = {
	value: 'resendConfirmation',
	name: 'Resend Confirmation',
	action: 'Resend confirmation to incident subscriber',
	description: 'Send the confirmation again to a subscriber of an incident',
	effects: 'Statuspage notifies the subscriber by email or SMS. A sent message cannot be undone.',
	isReadOnly: false,
	uses: ['resendIncidentSubscriberConfirmation'],
	fields: [page.locator, incident.locator, incidentSubscriber.locator, optionsField()],
	runs: 'perItem',
	async execute(input) {
		const place = await incidentPlace(input);
		const id = await incidentSubscriberId(input, place);
		await input.api.call('resendIncidentSubscriberConfirmation', { ...place, incidentSubscriberId: id });
		return { requested: [id], ...emailOfLocator(input, incidentSubscriber) };
	},
};
