/** Fields of a page in the simplified output. */
export const PAGE_FIELDS = [
	'id',
	'name',
	'page_description',
	'subdomain',
	'domain',
	'url',
	'time_zone',
	'viewers_must_be_team_members',
	'ip_restrictions',
	'updated_at',
] as const;
