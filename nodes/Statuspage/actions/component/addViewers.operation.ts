import { component } from '../../../services/statuspage/objects/component';
import { page } from '../../../services/statuspage/objects/page';
import { doneTogether } from '../../../shared/operations/together';
import { audienceNotice, viewerOptionsField } from '../audienceCheck';
import type { Operation } from '../operation';
import { viewersField } from '../viewerField';
import { changeViewers } from './access';

export const addViewers: Operation = {
	value: 'addViewers',
	name: 'Add Viewers',
	action: 'Add viewers to component',
	description:
		'Let viewers see a component; others who see it still do. Statuspage does not say who saw it already. Can be undone with Remove Viewers. Nobody is notified.',
	isReadOnly: false,
	uses: ['addComponentViewers'],
	fields: [audienceNotice, page.locator, component.locator, viewersField, viewerOptionsField()],
	...doneTogether(changeViewers('add')),
};
