import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { Cancelled, Failure } from './failures';

/** Facts about an error, in its `context` and under `details` of an error item. */
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

/** Makes n8n's pollers slow down. Older versions of n8n ignore it. */
function causeOf({ facts }: Failure): object {
	if (facts.kind === 'rateLimit') return { failure: { cause: 'rate-limited', retryAfterMs: facts.retryAfterMs } };
	if (facts.status === 401) return { failure: { cause: 'credential-invalid' } };
	return {};
}

/** True for an error that n8n created for users, e.g. of an expression. */
function isForUsers(error: unknown): error is Error {
	return (
		error instanceof NodeApiError ||
		error instanceof NodeOperationError ||
		(error instanceof Error && 'level' in error && 'shouldReport' in error)
	);
}

const PACKAGE = 'n8n-nodes-statuspage';

/** A bug of this package. Users can only report it, so the text contains what a report needs. */
function unexpected(error: unknown, itemIndex?: number): { message: string; description: string } {
	const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
	const place = /\((?:[^()]*\/)?(dist|nodes)\/([^()]+)\)/.exec(stack)?.[2];
	return {
		message: `${itemIndex === undefined ? 'The run' : `Item ${itemIndex}`} could not be finished: ${name}: ${message}`,
		description: `This is a mistake in the node, not in your workflow. Please report it to the maintainers of ${PACKAGE}${place ? `, with this place: ${place}` : ''}`,
	};
}

/** Names of parameters with secrets. */
const SECRET = /password|secret|token|^apiKey$|^applicationKey$/i;

function withoutSecrets<T>(value: T, name = ''): T {
	if (typeof value === 'string') return (SECRET.test(name) && !value.startsWith('=') ? '***' : value) as T;
	if (Array.isArray(value)) return value.map((entry: unknown) => withoutSecrets(entry, name)) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner, key)])) as T;
}

/** n8n saves the node with each error, and hands it to error workflows. An expression is no secret. */
function forErrors(node: INode): INode {
	return { ...node, parameters: withoutSecrets(node.parameters) };
}

/**
 * The error that users see. Its message says what happened, and its description what to do next.
 *
 * @param itemIndex the item that it belongs to, if it belongs to one
 * @param addition precedes the advice, e.g. the items that were already processed
 */
export function toNodeError(
	failedNode: INode,
	error: unknown,
	itemIndex?: number,
	addition?: string,
): NodeApiError | NodeOperationError {
	const node = forErrors(failedNode);
	if (!(error instanceof Failure)) {
		if (error instanceof NodeApiError) return error;
		const known = itemIndex === undefined ? {} : { itemIndex };
		const plain =
			error instanceof NodeOperationError
				? error
				: isForUsers(error) || error instanceof Cancelled
					? new NodeOperationError(node, error, known)
					: new NodeOperationError(node, unexpected(error, itemIndex).message, {
							...known,
							description: unexpected(error, itemIndex).description,
						});
		if (addition) plain.description = [addition, plain.description].filter(Boolean).join('. ');
		return plain;
	}
	const { message, advice, status, body, requestId, item = itemIndex } = error.facts;
	const request = requestId ? `Request ID: ${requestId}` : undefined;
	const apiError = new NodeApiError(node, { message } as JsonObject, {
		message,
		description: [addition, advice, request].filter(Boolean).join('. '),
		httpCode: status === undefined ? undefined : String(status),
		...(item === undefined ? {} : { itemIndex: item }),
		...causeOf(error),
	});
	// n8n replaces a message that contains a code such as ECONNREFUSED, e.g. in a text of the service.
	apiError.message = message;
	apiError.context.data = body as JsonObject;
	apiError.context.requestId = requestId;
	return apiError;
}
