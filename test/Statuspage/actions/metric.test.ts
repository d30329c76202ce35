import { describeOperations } from './describeOperations';
import { metricCases } from './metric.cases';

describeOperations('metric', metricCases);
