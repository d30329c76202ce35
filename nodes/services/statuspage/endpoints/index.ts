import type { ListNameIn } from '../../../shared/client/endpoint';
import { componentEndpoints } from './component';
import { componentGroupEndpoints } from './componentGroup';
import { incidentEndpoints } from './incident';
import { incidentPostmortemEndpoints } from './incidentPostmortem';
import { incidentTemplateEndpoints } from './incidentTemplate';
import { incidentSubscriberEndpoints } from './incidentSubscriber';
import type { StatuspageEndpoint } from './statuspageEndpoint';
import { metricEndpoints } from './metric';
import { metricProviderEndpoints } from './metricProvider';
import { pageEndpoints } from './page';
import { permissionEndpoints } from './permission';
import { subscriberEndpoints } from './subscriber';
import { teamMemberEndpoints } from './teamMember';
import { viewerEndpoints } from './viewer';
import { viewerGroupEndpoints } from './viewerGroup';

export type { Component } from './component';
export type { ComponentGroup } from './componentGroup';
export type { Incident } from './incident';
export type { Postmortem } from './incidentPostmortem';
export type { IncidentTemplate } from './incidentTemplate';
export type { DataPoint, Metric } from './metric';
export type { MetricProvider } from './metricProvider';
export type { Page } from './page';
export type { Subscriber, SubscriberCounts } from './subscriber';
export type { TeamMember } from './teamMember';
export type { Viewer } from './viewer';
export type { ViewerGroup } from './viewerGroup';

/** One row per API operation that this package uses. */
export const endpoints = {
	...pageEndpoints,
	...viewerEndpoints,
	...viewerGroupEndpoints,
	...componentEndpoints,
	...componentGroupEndpoints,
	...incidentEndpoints,
	...incidentPostmortemEndpoints,
	...incidentTemplateEndpoints,
	...metricEndpoints,
	...metricProviderEndpoints,
	...subscriberEndpoints,
	...incidentSubscriberEndpoints,
	...teamMemberEndpoints,
	...permissionEndpoints,
} as const satisfies Record<string, StatuspageEndpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
export type ListName = ListNameIn<Endpoints>;
