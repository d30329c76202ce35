import { describeOperations } from './describeOperations';
import { incidentTemplateCases } from './incidentTemplate.cases';

describeOperations('incidentTemplate', incidentTemplateCases);
