import type { Row } from './state.mts';

/** A metric as the API returns it. `transform` and `application_id` are only sent on creation. */
export function metricRow(id: string, name: string, metrics_provider_id: string | null, at: string): Row {
	return {
		id,
		metrics_provider_id,
		metric_identifier: null,
		name,
		display: true,
		tooltip_description: null,
		backfilled: false,
		y_axis_min: null,
		y_axis_max: null,
		y_axis_hidden: false,
		suffix: '',
		decimal_places: 0,
		most_recent_data_at: null,
		created_at: at,
		updated_at: at,
		last_fetched_at: null,
		backfill_percentage: 0,
		reference_name: null,
	};
}

/** A metric provider as the API returns it, without its keys. */
export function metricProviderRow(id: string, type: string, pageId: string, at: string): Row {
	return {
		id,
		type,
		disabled: false,
		metric_base_uri: null,
		last_revalidated_at: null,
		created_at: at,
		updated_at: at,
		page_id: pageId,
	};
}
