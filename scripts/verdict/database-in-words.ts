import type { Deployment } from '../model/deployment.ts';
import { formatSpan } from '../text/format-span.ts';

/** Which database a deployment has; only one of its own has a size that is known, and only one that may pause does. */
export function sayDatabase({ regime, acuAwake, autoPauseSeconds, readHoursPerDay }: Deployment): string {
  if (regime === 'shared') return 'a database shared with others';
  const pause = `, pausing after ${formatSpan(autoPauseSeconds)}, read ${write(readHoursPerDay)} h a day`;
  return `a database of ${write(acuAwake)} ACU while awake${regime === 'auto-pause' ? pause : ', always on'}`;
}

function write(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
