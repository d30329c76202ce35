/** Where to find the organization ID, which the API can't return. */
export const ORGANIZATION_ADVICE =
	"Enter it in the credential: on Statuspage, click your avatar at the bottom left, then 'API info'. It is listed next to the page IDs";
