import { Problem, type Schema } from '../service.mts';
import { text } from './call.mts';
import type { Extensions } from './directory.mts';
import { badRequest } from './errors.mts';
import { ACCOUNT_URN, attributeAt, isCustom, user } from './schemas.mts';

export const selectionQuery: Record<string, Schema> = { attributes: text, excludedAttributes: text };

export interface Selection {
	/** Selection for scimmy, limited to attributes in its schemas. */
	config: { attributes?: string; excludedAttributes?: string };
	/** Applies the selection to extensions that scimmy has no schema for. */
	pick: (extensions: Extensions) => Extensions;
}

const isInScimmySchema = (name: string) => !isCustom(name) && !name.startsWith(ACCOUNT_URN);

function parseNames(list: string | undefined): string[] | undefined {
	const names = list?.split(',').map((name) => name.trim());
	const unknown = names?.find((name) => isInScimmySchema(name) && !attributeAt(user, name));
	if (unknown !== undefined) throw new Problem(`there is no attribute ${unknown}`);
	return names;
}

/** Parses the selection of user attributes for a response. */
export function selectionOf({ attributes, excludedAttributes }: Record<string, string>): Selection {
	if (attributes !== undefined && excludedAttributes !== undefined) {
		throw badRequest('invalidSyntax', "'attributes' and 'excludedAttributes' exclude each other");
	}
	const [shown, hidden] = [parseNames(attributes), parseNames(excludedAttributes)];
	// Every response includes `schemas`. scimmy fails if a selection includes an extension without it.
	const excluded = hidden?.filter((name) => isInScimmySchema(name) && name !== 'schemas') ?? [];
	const isShown = (urn: string, name: string) =>
		shown
			? shown.includes(urn) || shown.includes(`${urn}:${name}`)
			: !hidden?.includes(urn) && !hidden?.includes(`${urn}:${name}`);
	return {
		config: shown
			? { attributes: [...shown.filter(isInScimmySchema), 'schemas'].join() }
			: excluded.length > 0
				? { excludedAttributes: excluded.join() }
				: {},
		pick: (extensions) =>
			Object.fromEntries(
				Object.entries(extensions)
					.map(
						([urn, held]) =>
							[urn, Object.fromEntries(Object.entries(held).filter(([name]) => isShown(urn, name)))] as const,
					)
					.filter(([, held]) => Object.keys(held).length > 0),
			),
	};
}
