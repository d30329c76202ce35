import { teamMemberCases } from './teamMember.cases';
import { describeOperations } from './describeOperations';

describeOperations('teamMember', teamMemberCases);
