import type { IDataObject } from 'n8n-workflow';

/** Objects as the service answers with them: the fields that this package relies on; all others pass through. */
export interface Row extends IDataObject {
	id: string;
}

/** The API's page access user. */
export interface Viewer extends Row {
	email: string | null;
	external_login?: string | null;
	page_access_group_ids: string[];
	created_at?: string;
}

/** The API's page access group. */
export interface ViewerGroup extends Row {
	name: string;
	external_identifier?: string | null;
	page_access_user_ids: string[];
	component_ids: string[];
	metric_ids: string[];
}

export interface Component extends Row {
	name: string;
	/** The list of components also holds their groups, as rows of their own. */
	group: boolean;
	group_id: string | null;
}

export interface TeamMember extends Row {
	email: string;
	first_name?: string | null;
	last_name?: string | null;
}

/** Somebody who gets notifications; not a viewer, although the two can be linked. Rows of other modes lack an e-mail. */
export interface Subscriber extends Row {
	mode: string;
	email?: string | null;
	page_access_user_id?: string | null;
}

export interface Page extends Row {
	name: string;
	subdomain?: string | null;
	domain?: string | null;
	viewers_must_be_team_members?: boolean;
	ip_restrictions?: string | null;
}
