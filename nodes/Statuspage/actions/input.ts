import type { IExecuteFunctions } from 'n8n-workflow';
import { checkedEmail as checkedAddress, Input as AnyInput, inputFailure } from '../../shared/actions/input';
import type { ItemOrder } from '../../shared/actions/itemOrder';
import type { Failure } from '../../shared/transport/failures';
import type { StatuspageApi } from '../api/client';
import { parameterName } from '../api/parameterNames';

/** A failure that is the input's: nothing was sent. */
export function badInput(name: string, what: string, advice?: string): Failure {
	return inputFailure(parameterName(name), what, advice);
}

export function checkedEmail(name: string, email: string): string {
	return checkedAddress(parameterName(name), email);
}

/** The parameters of one item, and the organization that they mean. */
export class Input extends AnyInput<StatuspageApi> {
	constructor(
		context: IExecuteFunctions,
		item: number,
		api: StatuspageApi,
		private readonly credentialOrganizationId: string,
		order?: ItemOrder,
	) {
		super(context, item, api, order);
	}

	/** The organization of the credential, unless the item names another; empty where there is none. */
	get optionalOrganizationId(): string {
		return String(this.collection('options').organizationId ?? '').trim() || this.credentialOrganizationId;
	}

	/** The organization of the key, unless the item names another. */
	organizationId(): string {
		const id = this.optionalOrganizationId;
		if (!id) {
			throw badInput('organizationId', 'is empty', 'Enter it in the credential: team members and permissions belong to an organization');
		}
		return id;
	}
}
