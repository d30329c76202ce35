import { permissionCases } from './permission.cases';
import { describeOperations } from './describeOperations';

describeOperations('permission', permissionCases);
