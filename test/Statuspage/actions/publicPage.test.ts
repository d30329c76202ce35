import { describeOperations } from './describeOperations';
import { publicPageCases } from './publicPage.cases';

describeOperations('publicPage', publicPageCases);
