import { describeOperations } from './describeOperations';
import { subscriberCases } from './subscriber.cases';

describeOperations('subscriber', subscriberCases);
