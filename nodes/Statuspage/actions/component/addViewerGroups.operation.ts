import { componentField } from '../fields/component';
import { viewerOptionsField } from '../fields/audience';
import { pageField } from '../fields/page';
import { viewerGroupsField } from '../fields/pickList';
import { audienceNotice } from '../fields/viewer';
import type { Operation } from '../operation';
import { doneTogether } from '../../../shared/actions/together';
import { changeViewerGroups } from './access';

export const addViewerGroups: Operation = {
	value: 'addViewerGroups',
	name: 'Add Viewer Groups',
	action: 'Add viewer groups to component',
	description: 'Let all viewers in these groups see a component; others who see it still do. Can be undone with Remove Viewer Groups. Nobody is notified.',
	uses: ['addComponentViewerGroups', 'listComponents'],
	fields: [audienceNotice, pageField, componentField, { ...viewerGroupsField, required: true }, viewerOptionsField()],
	...doneTogether(changeViewerGroups('add')),
};
