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
	description: 'Give viewers access to a component',
	effects:
		"Existing access is kept. Statuspage doesn't report which viewers already had access. Undo with 'Remove Viewers'. No notification is sent.",
	isReadOnly: false,
	uses: ['addComponentViewers'],
	fields: [audienceNotice, page.locator, component.locator, viewersField, viewerOptionsField()],
	...batched(changeViewers('add')),
};
