import type { Endpoint } from '../../../shared/client/endpoint';

/** How a list is read. Lists without `paging` answer whole. (Source: the vendor's OpenAPI document and its announcement of enforced pagination.) */
export interface Paging {
	/** The number of the first page. */
	firstPage: 0 | 1;
	/** The parameter with the size of a page. */
	sizeParameter: 'per_page' | 'limit';
}

export const PER_PAGE: Paging = { firstPage: 1, sizeParameter: 'per_page' };
export const LIMIT_FROM_1: Paging = { firstPage: 1, sizeParameter: 'limit' };
export const LIMIT_FROM_0: Paging = { firstPage: 0, sizeParameter: 'limit' };

export interface StatuspageEndpoint extends Endpoint {
	paging?: Paging;
}

export const PAGE = '/pages/{pageId}';
export const ORGANIZATION = '/organizations/{organizationId}';

/** Advice for a 404 of an object on a page. */
export const PAGE_ADVICE = { 404: 'Check the ID of the page, and that this API key can access it' };
/** Advice for a 404 of an object of an organization. */
export const ORGANIZATION_ADVICE = { 404: 'Check the organization ID, and the ID of the team member if there is one' };
