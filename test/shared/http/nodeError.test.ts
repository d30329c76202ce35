import type { INode } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/http/failures';
import { toNodeError } from '../../../nodes/shared/http/nodeError';

const node: INode = { id: '1', name: 'Node', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} };

test.each(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'Unexpected token'])(
	'a message that contains %s stays as it is',
	(code) => {
		const message = `Statuspage rejected this: upstream said ${code}`;
		const error = toNodeError(node, new Failure({ kind: 'answer', message, status: 502, advice: 'Try again' }), 3);
		expect(error).toMatchObject({ message, description: 'Try again', httpCode: '502', context: { itemIndex: 3 } });
	},
);
