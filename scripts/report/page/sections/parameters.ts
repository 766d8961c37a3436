import { type Origin, PARAMETERS, type Parameter, type ParameterName } from '#model/parameters.ts';
import type { Report } from '#report/definition/report.ts';
import { formatNumber, NONE } from '../figures.ts';
import { figures, sentences, type Table, words } from '../table.ts';

/** What stands where a parameter has no band of its own. */
const RANGES: Readonly<Record<Origin, string>> = {
  documented: 'known',
  deployed: 'known',
  fitted: 'by the fit’s error',
  measured: 'no range given',
  assumed: 'no range given',
};

/** What the model multiplies with, as the report has it. */
export function parametersTable({ model }: Report): Table {
  const known: Readonly<Record<string, Parameter>> = PARAMETERS;
  const rows = (Object.entries(model.parameters) as [ParameterName, number][]).map(([name, value]) => {
    const { unit, what, low, high } = known[name] ?? { unit: NONE, what: NONE };
    return [
      name,
      what,
      formatNumber(value),
      unit,
      model.origins[name],
      // What was fitted has left the range that was assumed before.
      low === undefined || high === undefined || model.origins[name] === 'fitted'
        ? RANGES[model.origins[name]]
        : `${formatNumber(value * low)} – ${formatNumber(value * high)}`,
    ];
  });
  return {
    caption:
      'What the model multiplies with; fitted: by this run, measured: earlier, on the project’s machine, deployed: as the stack has it',
    columns: [
      words('Parameter'),
      sentences('What'),
      figures('Value'),
      words('Unit'),
      words('Origin'),
      figures('May lie between'),
    ],
    rows,
  };
}
