import type { SensitivityRow } from '#model/verdict/sensitivity.ts';
import type { Report } from '#report/definition/report.ts';
import { formatDollars } from '../figures.ts';
import { figures, type Table, words } from '../table.ts';
import { boundText, thresholdText } from './verdict.ts';

const NAMES: Readonly<Record<SensitivityRow['what'], string>> = {
  rate: 'Rate',
  hosts: 'Hosts',
  'database price': 'Price of the database',
  'batch interval': 'Interval of the batch',
  'value of freshness': 'Value of freshness',
};

/** How the threshold moves when one thing is another. */
export function sensitivityTable({ sensitivity, verdict }: Pick<Report, 'sensitivity' | 'verdict'>): Table {
  return {
    caption: `From which window on the batch is better; as it stands: ${thresholdText(verdict.thresholdSeconds)}. Modelled`,
    columns: [words('What'), words('Changed to'), figures('Batch from'), figures('streaming again from')],
    rows: sensitivity.map(({ what, factor, thresholdSeconds, streamAgainSeconds }) => [
      NAMES[what],
      what === 'value of freshness' ? `${formatDollars(factor)} a month per minute` : `× ${factor}`,
      thresholdText(thresholdSeconds),
      boundText(streamAgainSeconds),
    ]),
  };
}
