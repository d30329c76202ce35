/** Usual addresses of sign-in pages. */
const LOGIN = /\b(log|sign)[-_]?in\b|\b(sso|saml|oauth2?)\b/i;

/** True if the target of a redirect is probably a sign-in page. */
export function isLogin(target: string): boolean {
	return LOGIN.test(target);
}
