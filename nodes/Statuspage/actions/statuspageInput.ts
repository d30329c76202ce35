import type { IExecuteFunctions } from 'n8n-workflow';
import type { Field } from '../../shared/fields/field';
import { Input } from '../../shared/operations/input';
import type { ItemOrder } from '../../shared/operations/itemOrder';
import type { Values } from '../../shared/operations/values';
import type { StatuspageApi } from '../../services/statuspage/statuspageApi';
import type { ListName } from '../../services/statuspage/endpoints';
import type { ObjectKind, Place } from '../../services/statuspage/objects/objectKind';
import { page } from '../../services/statuspage/objects/page';
import { ORGANIZATION_ADVICE } from '../../services/statuspage/organization';
import { audienceOf } from './audienceCheck';

/** The parameters of one item, and the objects that they mean. */
export class StatuspageInput extends Input<StatuspageApi> {
	constructor(
		context: IExecuteFunctions,
		item: number,
		api: StatuspageApi,
		fields: readonly Field[],
		private readonly credentialOrganizationId: string,
		order?: ItemOrder,
	) {
		super(context, item, api, fields, order);
	}

	/** The options that were added. */
	get options(): Values {
		return this.values.collection('options');
	}

	/** The organization of the credential, unless the item names another; empty where there is none. */
	get optionalOrganizationId(): string {
		const { options } = this;
		return (options.has('organizationId') && options.optionalText('organizationId')) || this.credentialOrganizationId;
	}

	/** The organization of the key, unless the item names another. */
	organizationId(): string {
		const id = this.optionalOrganizationId;
		if (!id)
			throw this.invalid(
				'organizationId',
				'is empty',
				`Team members and permissions belong to an organization. ${ORGANIZATION_ADVICE}`,
			);
		return id;
	}

	/** The page of the item. Its audience is checked first if the item has this option. */
	async pageId(): Promise<string> {
		const id = await page.idOf(this.api, {}, this.values.locator('pageId'), this.#scope(page));
		if (this.options.has('audienceCheck')) await audienceOf(this, id, 'off');
		return id;
	}

	/** The object that the item's locator means. Items that mean the same object write it in their order. */
	async idOf<Name extends ListName>(kind: ObjectKind<Name>, place: Place): Promise<string> {
		const id = await kind.idOf(this.api, place, this.values.locator(kind.row.parameter), this.#scope(kind));
		await this.inOrder(kind.orderKey(place, id));
		return id;
	}

	/**
	 * The objects that a list field means, by name or ID.
	 *
	 * @param values contain the field; the item's own values if left out
	 * @param allowUnknownIds IDs that nothing has are returned as well: a removal then finds nothing to remove
	 * @param skipIdLookUp a list of IDs only is not looked up: the operation checks them itself
	 */
	async idsOf<Name extends ListName>(
		kind: ObjectKind<Name>,
		place: Place,
		name: string,
		{ values = this.values, ...how }: { values?: Values; allowUnknownIds?: boolean; skipIdLookUp?: boolean } = {},
	): Promise<string[]> {
		return await kind.idsOf(this.api, place, values.entries(name), {
			label: values.label(name),
			item: this.item,
			...how,
		});
	}

	#scope<Name extends ListName>(kind: ObjectKind<Name>): { label: string; item: number } {
		return { label: this.values.label(kind.row.parameter), item: this.item };
	}
}
