import type { Connection } from '../../../shared/http/connection';
import { systemClock } from '../../../shared/http/clock';
import type { NodeContext } from '../../../shared/http/connect';
import { RunReport } from '../../../shared/http/runReport';
import type { TimeLimits } from '../../../shared/http/timeLimits';

/** Everything that one run needs to read public pages. There is no key, and no rate limit that is published. */
export type PublicConnection = Pick<
	Connection,
	'serviceName' | 'isReadOnly' | 'sendWithoutKey' | 'clock' | 'signal' | 'timeoutMs' | 'waitBudgetMs' | 'report'
>;

/**
 * Works in each context of n8n, and reads no credential.
 *
 * @param limits `waitBudgetMs` is the longest time for one feed with all its repeats
 */
export function publicConnection(
	context: NodeContext,
	{ timeoutMs, waitBudgetMs }: Pick<TimeLimits, 'timeoutMs' | 'waitBudgetMs'>,
): PublicConnection {
	return {
		serviceName: 'Statuspage',
		isReadOnly: false,
		sendWithoutKey: async (options) => await context.helpers.httpRequest(options),
		clock: systemClock,
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		timeoutMs,
		waitBudgetMs,
		report: new RunReport(),
	};
}
