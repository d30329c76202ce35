import { equals } from '../../../nodes/services/scim/filter';

test.each([
	['anna@example.com', 'userName eq "anna@example.com"'],
	['a "quoted" name', 'userName eq "a \\"quoted\\" name"'],
	['back\\slash', 'userName eq "back\\\\slash"'],
	['" or userName sw "', 'userName eq "\\" or userName sw \\""'],
	['line\nbreak', 'userName eq "line\\nbreak"'],
	['Jörg', 'userName eq "Jörg"'],
])('%j', (value, filter) => expect(equals('userName', value)).toBe(filter));
