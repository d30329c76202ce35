/** Where people find the ID that no call of the API tells. */
export const ORGANIZATION_ADVICE =
	"Enter it in the credential: on Statuspage, click your avatar at the bottom left, then 'API info'. The page shows it beside the page IDs";
