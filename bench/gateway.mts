import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Plan {
	afterRequests: number;
	seconds: number;
}

interface Pair {
	client: Socket;
	service: Socket;
	/** Whether a request was received and has no response yet. */
	isBusy: boolean;
}

/**
 * A TCP gateway in front of the simulator that can disappear. It then closes all connections and refuses new ones. The simulator
 * still processes the requests that it has received, but their responses are lost.
 */
export class Gateway {
	#pairs = new Set<Pair>();
	#requests = 0;
	#plan: Plan | undefined;
	#isBack: Promise<void> = Promise.resolve();
	#onWire = 0;
	#port = 0;

	private constructor(
		private readonly server: Server,
		private readonly target: URL,
	) {}

	static async start(target: string): Promise<Gateway> {
		const server = createServer();
		const gateway = new Gateway(server, new URL(target));
		server.on('connection', (client) => gateway.#connect(client));
		await gateway.#listen();
		return gateway;
	}

	/** Base URL of the service behind the gateway. */
	get url(): string {
		return `http://127.0.0.1:${this.#port}${this.target.pathname}`;
	}

	/** Waits until the gateway is back, and plans the next outage. Without a plan, the gateway stays. */
	async plan(plan: Plan | undefined): Promise<void> {
		await this.#isBack;
		this.#requests = 0;
		this.#onWire = 0;
		this.#plan = plan;
	}

	/** Number of requests that had no response when the gateway disappeared. */
	get onWire(): number {
		return this.#onWire;
	}

	async #listen(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen(this.#port, '127.0.0.1', resolve);
		});
		this.#port = (this.server.address() as AddressInfo).port;
		this.server.unref();
	}

	#connect(client: Socket): void {
		const pair: Pair = { client, service: connect(Number(this.target.port), this.target.hostname), isBusy: false };
		this.#pairs.add(pair);
		for (const [from, to] of [
			[client, pair.service],
			[pair.service, client],
		] as const) {
			from.setNoDelay(true);
			from.on('error', () => to.destroy());
			from.on('close', () => {
				to.destroy();
				this.#pairs.delete(pair);
			});
		}
		pair.service.on('data', (chunk) => {
			pair.isBusy = false;
			client.write(chunk);
		});
		client.on('data', (chunk) => {
			// Clients send the next request on a connection after the response. A request can arrive in several chunks.
			if (!pair.isBusy) this.#requests++;
			pair.isBusy = true;
			if (this.#plan && this.#requests > this.#plan.afterRequests) this.#disappear(this.#plan.seconds);
			else pair.service.write(chunk);
		});
	}

	#disappear(seconds: number): void {
		this.#plan = undefined;
		this.#onWire = [...this.#pairs].filter(({ isBusy }) => isBusy).length;
		this.server.close();
		for (const { client, service } of this.#pairs) {
			client.destroy();
			service.destroy();
		}
		this.#isBack = new Promise((resolve) => setTimeout(() => resolve(this.#listen()), seconds * 1000));
	}
}
