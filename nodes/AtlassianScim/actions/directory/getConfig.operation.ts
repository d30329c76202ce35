import { optionsField } from '../../../shared/fields/options';
import { daysLeft } from '../../../shared/http/expiry';
import type { ScimOperation } from '../scimOperation';

export const getConfig: ScimOperation = {
	value: 'getConfig',
	name: 'Get Config',
	action: 'Get config of directory',
	description: 'Retrieve the configuration of the directory and the number of days until the API key expires',
	effects:
		'The number of days is only included if the credential contains the expiry date. Use it in a scheduled workflow to send a reminder before the key expires.',
	isReadOnly: true,
	uses: ['getConfig'],
	fields: [optionsField()],
	runs: 'perItem',
	async execute({ api }) {
		const config = await api.call('getConfig', {});
		const { expiresOn, clock } = api.connection;
		const days = daysLeft(expiresOn, clock.calendar());
		return { ...config, ...(days === undefined ? {} : { keyExpiresOn: expiresOn, keyDaysLeft: days }) };
	},
};
