/** One expectation, and the problem where it was not met. */
export interface Check {
	what: string;
	problem?: string;
}

export interface Owner {
	email: string;
	password: string;
}

export async function check(what: string, look: () => Promise<string | undefined>): Promise<Check> {
	try {
		return { what, problem: await look() };
	} catch (error) {
		return { what, problem: (error as Error).message.split('\n')[0] };
	}
}
