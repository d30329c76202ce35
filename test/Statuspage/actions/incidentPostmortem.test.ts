import { describeOperations } from './describeOperations';
import { incidentPostmortemCases } from './incidentPostmortem.cases';

describeOperations('incidentPostmortem', incidentPostmortemCases);
