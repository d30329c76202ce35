import { toText } from './convert';
import { mustBe } from './invalidValue';

const EXPECTED = 'a CSS color such as #2fcc66, white or rgb(47, 204, 102)';

/** Three, four, six or eight hexadecimal digits, also without the number sign. */
const HEX = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const NAME = /^[a-z]+$/i;
const FUNCTION = /^(rgb|hsl)a?\([\da-z\s.,%/+-]+\)$/i;

/** A CSS color. Names of colors are not compared with a list, because the service may know others. */
export function toColor(value: unknown): string {
	const text = toText(value, EXPECTED);
	if (![HEX, NAME, FUNCTION].some((form) => form.test(text))) throw mustBe(EXPECTED, value);
	return text;
}
