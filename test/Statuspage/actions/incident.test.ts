import { describeOperations } from './describeOperations';
import { incidentCases } from './incident.cases';

describeOperations('incident', incidentCases);
