import { accessCases } from './access.cases';
import { componentCases } from './component.cases';
import { componentGroupCases } from './componentGroup.cases';
import { pageCases } from './page.cases';
import { permissionCases } from './permission.cases';
import { teamMemberCases } from './teamMember.cases';
import { viewerCases } from './viewer.cases';
import { viewerGroupCases } from './viewerGroup.cases';
import type { Case } from './case';

/** The usual case of each operation. */
export const cases: Record<string, Case> = {
	...accessCases.cases,
	...componentCases.cases,
	...componentGroupCases.cases,
	...pageCases.cases,
	...permissionCases.cases,
	...teamMemberCases.cases,
	...viewerCases.cases,
	...viewerGroupCases.cases,
};
