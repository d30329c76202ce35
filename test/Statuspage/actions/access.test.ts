import { accessCases } from './access.cases';
import { describeOperations } from './describeOperations';

describeOperations('access', accessCases);
