import { pageCases } from './page.cases';
import { describeOperations } from './describeOperations';

describeOperations('page', pageCases);
