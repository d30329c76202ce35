import { optionsField } from '../../../shared/fields/options';
import { daysLeft } from '../../../shared/http/expiry';
import type { ScimOperation } from '../scimOperation';

export const getConfig: ScimOperation = {
	value: 'getConfig',
	name: 'Get Config',
	action: 'Get config of directory',
	description:
		'Get what the directory can do, and how many days its key has left when the credential names the day: a scheduled workflow can remind people before everything stops. Only reads.',
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
