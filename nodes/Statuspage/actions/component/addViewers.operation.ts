import { componentField } from '../fields/component';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { audienceNotice, viewersField } from '../fields/viewer';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { changeViewers } from './access';

export const addViewers: Operation = {
	value: 'addViewers',
	name: 'Add Viewers',
	action: 'Add viewers to component',
	description: 'Let viewers see a component; others who see it still do. Statuspage does not say who saw it already. Can be undone with Remove Viewers. Nobody is notified.',
	uses: ['addComponentViewers', 'listViewers', 'listComponents'],
	fields: [audienceNotice, pageField, componentField, viewersField, viewerOptionsField()],
	...doneTogether(changeViewers('add')),
};
