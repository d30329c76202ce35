import { componentGroupCases } from './componentGroup.cases';
import { describeOperations } from './describeOperations';

describeOperations('componentGroup', componentGroupCases);
