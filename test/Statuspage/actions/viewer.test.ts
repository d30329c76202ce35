import { viewerCases } from './viewer.cases';
import { describeOperations } from './describeOperations';

describeOperations('viewer', viewerCases);
