import { viewerGroupCases } from './viewerGroup.cases';
import { describeOperations } from './describeOperations';

describeOperations('viewerGroup', viewerGroupCases);
