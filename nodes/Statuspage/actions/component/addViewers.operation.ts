import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { batched } from '../../../shared/operations/batched';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { StatuspageOperation } from '../statuspageOperation';
import { viewersField } from '../itemViewer';
import { changeViewers } from './componentAccess';

export const addViewers: StatuspageOperation = {
	value: 'addViewers',
	name: 'Add Viewers',
	action: 'Add viewers to component',
	description:
		'Let viewers see a component; others who see it still do. Statuspage does not say who saw it already. Can be undone with Remove Viewers. Nobody is notified.',
	isReadOnly: false,
	uses: ['addComponentViewers'],
	fields: [audienceNotice, page.locator, component.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('add')),
};
