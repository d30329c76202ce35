import { Breather } from '../../../../shared/http/breather';
import { emailKey } from '../../../../shared/client/matching';
import type { StatuspageApi } from '../../statuspageApi';
import type { Page } from '../../endpoints';
import { findAccess } from './findAccess';
import type { Findings, FindOptions, PageFindings } from './findings';
import type { Leaver } from './leavers';
import { viewerName } from '../viewerFacts';
import { leaverChanges } from './leaverChanges';
import { OffboardingEvidence } from './offboardingEvidence';
import type { SourcedChange } from '../sync/syncPlan';

export interface OffboardingOptions extends FindOptions {
	/** Pages of the key that 'Pages' does not include. Undefined if the option is not set. */
	otherPages?: Page[];
	viewers: 'delete' | 'removeAccess';
	teamMembers: 'delete' | 'removePermissions' | 'leave';
}

export interface OffboardingPlan {
	changes: SourcedChange[];
	/** Number of distinct people in the lists that were read. */
	peopleInScope: number;
	/** Number of people by page ID, and `team` for team members. */
	scopes: Map<string, number>;
	pages: Map<string, PageFindings>;
	teamMembers: number;
	lookedAt: string[];
	notLookedAt: string[];
}

/** Counts distinct people of each page by email. Viewers without an email are counted by external login. */
async function peopleOf(
	{ pages, teamMembers }: Findings,
	breather: Breather,
): Promise<Pick<OffboardingPlan, 'peopleInScope' | 'scopes'>> {
	const all = new Set<string>();
	const scopes = new Map<string, number>();
	for (const { page, viewers, subscribers } of pages) {
		const people = new Set<string>();
		const add = async (name: string) => {
			await breather.breathe();
			people.add(emailKey(name));
			all.add(emailKey(name));
		};
		for (const viewer of viewers) await add(viewerName(viewer));
		for (const { email } of subscribers) if (email) await add(email);
		scopes.set(page.id, people.size);
	}
	for (const { email } of teamMembers) all.add(emailKey(email));
	scopes.set('team', teamMembers.length);
	return { peopleInScope: all.size, scopes };
}

/**
 * Plans the removal of all access of the leavers on the pages and in the organization. Only reads.
 *
 * @throws Failure if a list that may contain access cannot be read
 */
export async function offboardingPlan(
	api: StatuspageApi,
	leavers: Leaver[],
	options: OffboardingOptions,
): Promise<OffboardingPlan> {
	const organizationId = options.teamMembers === 'leave' ? '' : options.organizationId;
	const findings = await findAccess(api, leavers, { ...options, organizationId });
	const breather = new Breather(api.connection.clock);
	const evidence = new OffboardingEvidence(findings, leavers, options);
	return {
		changes: await leaverChanges(findings, leavers, options, evidence, breather),
		...(await peopleOf(findings, breather)),
		pages: new Map(findings.pages.map((page) => [page.page.id, page])),
		teamMembers: findings.teamMembers.length,
		lookedAt: evidence.lookedAt,
		notLookedAt: evidence.notLookedAt,
	};
}
