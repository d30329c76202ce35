import type { Endpoint } from '../../../shared/client/endpoint';

/**
 * How a list is read: `perPage` is `page` from 1 with `per_page`; `limitFrom0` is `page` from 0 with `limit`. Lists without `paging`
 * answer whole. (Source: the vendor's OpenAPI document and its announcement of enforced pagination.)
 */
export type Paging = 'perPage' | 'limitFrom0';

export interface StatuspageEndpoint extends Endpoint {
	paging?: Paging;
}

export const PAGE = '/pages/{pageId}';
export const ORGANIZATION = '/organizations/{organizationId}';
