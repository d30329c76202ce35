/** Fields of a subscriber in the simplified output. Each row only has those of its mode. */
export const SUBSCRIBER_FIELDS = [
	'id',
	'mode',
	'email',
	'endpoint',
	'display_phone_number',
	'workspace_name',
	'components',
	'page_access_user_id',
	'quarantined_at',
	'created_at',
] as const;
