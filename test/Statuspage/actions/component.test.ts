import { componentCases } from './component.cases';
import { describeOperations } from './describeOperations';

describeOperations('component', componentCases);
