import type { Operation, Resource } from '../../../shared/operations/operation';
import type { PublicPageInput } from './publicPageInput';

/** It uses no endpoint of the Manage API. */
export type PublicPageOperation = Operation<PublicPageInput, never>;

export type PublicPageResource = Resource<PublicPageOperation>;
