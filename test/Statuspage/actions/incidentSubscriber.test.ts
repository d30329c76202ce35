import { describeOperations } from './describeOperations';
import { incidentSubscriberCases } from './incidentSubscriber.cases';

describeOperations('incidentSubscriber', incidentSubscriberCases);
