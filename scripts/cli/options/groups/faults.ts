import { parseChaos, parsed } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** What is broken meanwhile. */
export function faultOptions(): OptionGroup {
  return {
    title: 'Faults',
    options: [
      parsed(
        '--chaos <faults>',
        'embedded: kill=N kills N execution environments at random moments of the load',
        parseChaos,
        'kill=0',
      ),
    ],
  };
}
