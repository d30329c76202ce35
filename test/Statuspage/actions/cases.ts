import { accessCases } from './access.cases';
import { componentCases } from './component.cases';
import { componentGroupCases } from './componentGroup.cases';
import { incidentCases } from './incident.cases';
import { incidentPostmortemCases } from './incidentPostmortem.cases';
import { incidentSubscriberCases } from './incidentSubscriber.cases';
import { incidentTemplateCases } from './incidentTemplate.cases';
import { metricCases } from './metric.cases';
import { metricProviderCases } from './metricProvider.cases';
import { pageCases } from './page.cases';
import { permissionCases } from './permission.cases';
import { publicPageCases } from './publicPage.cases';
import { subscriberCases } from './subscriber.cases';
import { teamMemberCases } from './teamMember.cases';
import { viewerCases } from './viewer.cases';
import { viewerGroupCases } from './viewerGroup.cases';
import type { Case } from './case';

/** The usual case of each operation. */
export const cases: Record<string, Case> = {
	...accessCases.cases,
	...componentCases.cases,
	...componentGroupCases.cases,
	...incidentCases.cases,
	...incidentPostmortemCases.cases,
	...incidentSubscriberCases.cases,
	...incidentTemplateCases.cases,
	...metricCases.cases,
	...metricProviderCases.cases,
	...pageCases.cases,
	...permissionCases.cases,
	...publicPageCases.cases,
	...subscriberCases.cases,
	...teamMemberCases.cases,
	...viewerCases.cases,
	...viewerGroupCases.cases,
};
