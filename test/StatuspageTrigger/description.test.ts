import type { INodeProperties } from 'n8n-workflow';
import { StatuspageTrigger } from '../../nodes/StatuspageTrigger/StatuspageTrigger.node';

const { description, methods } = new StatuspageTrigger();

/** The fields, also those in collections. */
function fieldsIn(list: INodeProperties[]): INodeProperties[] {
	return list.flatMap((field) => [
		field,
		...fieldsIn((field.options ?? []).filter((option) => 'type' in option) as INodeProperties[]),
	]);
}
// n8n shows collections without a text.
const fields = fieldsIn(description.properties).filter(({ type }) => type !== 'collection');

test.each(fields.map((field) => [field.displayName, field] as const))(
	"'%s' has a text that follows the guidelines of n8n",
	(_, field) => {
		const [purpose] = String(field.description).split('. Choose from the list');
		expect(purpose).toMatch(/^[A-Z]/);
		expect(purpose.length).toBeLessThanOrEqual(140);
		if (field.type === 'boolean') expect(purpose).toMatch(/^Whether /);
		const labels = (field.options ?? []).map((option) => ('displayName' in option ? option.displayName : option.name));
		expect(labels).toEqual([...labels].sort());
	},
);

test('each list behind a field exists', () => {
	const loaders = fields.flatMap(({ typeOptions, modes = [] }) => [
		...(typeOptions?.loadOptionsMethod ? [typeOptions.loadOptionsMethod] : []),
		...modes.flatMap((mode) => mode.typeOptions?.searchListMethod ?? []),
	]);
	expect(loaders.length).toBeGreaterThan(2);
	for (const name of loaders) expect({ ...methods.loadOptions, ...methods.listSearch }).toHaveProperty(name);
});
