import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { Failure } from './failures';

/** Facts that travel with an error: in `context` of the error, and under `details` of an error item. */
export interface ErrorDetails {
	httpCode?: string;
	requestId?: string;
	advice?: string;
	data?: unknown;
}

/** The error's facts as plain JSON. */
export function detailsOf(error: unknown): ErrorDetails {
	if (!(error instanceof Failure)) return {};
	const { status, requestId, advice, body } = error.facts;
	return {
		...(status === undefined ? {} : { httpCode: String(status) }),
		...(requestId === undefined ? {} : { requestId }),
		...(advice === undefined ? {} : { advice }),
		...(body === undefined || body === '' ? {} : { data: body }),
	};
}

/** n8n's pollers slow down by this; hosts that do not know it ignore it. */
function causeOf({ facts }: Failure): object {
	if (facts.kind === 'rateLimit') return { failure: { cause: 'rate-limited', retryAfterMs: facts.retryAfterMs } };
	if (facts.status === 401) return { failure: { cause: 'credential-invalid' } };
	return {};
}

/**
 * The one error that users see: the message says what happened, the description what to do next.
 *
 * @param itemIndex the item that it belongs to, if it belongs to one
 * @param addition goes before the advice, e.g. which items were done before
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number, addition?: string): NodeApiError | NodeOperationError {
	const index = itemIndex === undefined ? {} : { itemIndex };
	if (!(error instanceof Failure)) {
		if (error instanceof NodeApiError) return error;
		const plain = error instanceof NodeOperationError ? error : new NodeOperationError(node, error instanceof Error ? error : String(error), index);
		if (addition) plain.description = [addition, plain.description].filter(Boolean).join('. ');
		return plain;
	}
	const { message, advice, status, body, requestId } = error.facts;
	const request = requestId ? `Request ID: ${requestId}` : undefined;
	const apiError = new NodeApiError(node, { message } as JsonObject, {
		message,
		description: [addition, advice, request].filter(Boolean).join('. '),
		httpCode: status === undefined ? undefined : String(status),
		...index,
		...causeOf(error),
	});
	apiError.context.data = body as JsonObject;
	apiError.context.requestId = requestId;
	return apiError;
}
