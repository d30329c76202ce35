import type { AddressInfo } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Fault } from './faults.mts';
import type { Answer, Service } from './service.mts';

/** Closes the connection without a response. */
function closeConnection(reply: FastifyReply): void {
	reply.hijack();
	reply.raw.destroy();
}

/** Closes all connections, and listens again after the time. */
function goAway({ server }: FastifyInstance, forMs: number): void {
	const { address, port } = server.address() as AddressInfo;
	server.close();
	server.closeAllConnections();
	setTimeout(() => server.listen(port, address), forMs);
}

/** Sends the fault instead of processing the request. */
export async function sendFaultBefore(fault: Fault, reply: FastifyReply, { errorBody }: Service): Promise<void> {
	if (fault.kind === 'resetBefore') return closeConnection(reply);
	if (fault.kind === 'gone') {
		closeConnection(reply);
		return goAway(reply.server, fault.forMs ?? 1000);
	}
	if (fault.kind === 'hang') return void reply.hijack();
	void reply.headers(fault.headers ?? {});
	const { status = 500 } = fault;
	if (fault.kind === 'redirect')
		await reply
			.code(fault.status ?? 302)
			.header('location', fault.location ?? 'https://example.com/')
			.send('');
	else if (fault.kind === 'html') await sendHtmlPage(fault, reply);
	else await reply.code(status).send(fault.body ?? errorBody(status, 'Internal Server Error'));
}

/** Sends the HTML page of a proxy that can't reach the service. */
async function sendHtmlPage(fault: Fault, reply: FastifyReply): Promise<void> {
	const status = fault.status ?? 502;
	await reply
		.code(status)
		.type('text/html')
		.send(`<html><head><title>${status} Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>`);
}

/** Applies `drop` and `set` to the body, or to each row of a list or of a SCIM list response. */
function withFields(body: unknown, fault: Fault): unknown {
	if (Array.isArray(body)) return body.map((row: unknown) => withFields(row, fault));
	if (typeof body !== 'object' || body === null) return body;
	if ('Resources' in body) return { ...body, Resources: withFields(body.Resources, fault) };
	const { drop = [], set = {} } = fault;
	return { ...Object.fromEntries(Object.entries(body).filter(([name]) => !drop.includes(name))), ...set };
}

/** Sends the fault instead of the response, after the request was processed. */
export async function sendFaultAfter(
	fault: Fault,
	reply: FastifyReply,
	{ contentType }: Service,
	{ status, body }: Answer,
): Promise<void> {
	if (fault.kind === 'resetAfter') return closeConnection(reply);
	if (fault.kind === 'hang') return void reply.hijack();
	if (fault.kind === 'html') return await sendHtmlPage(fault, reply);
	if (fault.kind === 'body' || fault.kind === 'fields') {
		const sent = fault.kind === 'body' ? fault.body : withFields(body, fault);
		const isText = typeof sent === 'string';
		await reply
			.code(fault.status ?? status)
			.type(isText ? 'text/plain' : contentType)
			.headers(fault.headers ?? {})
			.send(isText ? sent : JSON.stringify(sent));
		return;
	}
	const text = JSON.stringify(body ?? {});
	reply.hijack();
	reply.raw.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) });
	reply.raw.write(text.slice(0, Math.floor(text.length / 2)), () => reply.raw.destroy());
}
