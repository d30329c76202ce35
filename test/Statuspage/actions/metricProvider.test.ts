import { describeOperations } from './describeOperations';
import { metricProviderCases } from './metricProvider.cases';

describeOperations('metricProvider', metricProviderCases);
