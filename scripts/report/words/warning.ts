import type { Side } from '#model/verdict/choice.ts';
import type { Warning } from '#model/verdict/warnings.ts';
import { formatCount } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';

const NAMES: Readonly<Record<Side, string>> = { stream: 'streaming', batch: 'batch' };
const BATCHES: Readonly<Record<Side, string>> = { stream: 'micro-batches', batch: 'batches' };

/** A warning in one or two sentences with their figures. */
export function sayWarning(warning: Warning): string {
  switch (warning.kind) {
    case 'impossible':
      return `At ${spans(warning)} ${NAMES[warning.side]} is impossible: ${warning.limit}.`;
    case 'memory': {
      const [memory, deployed] = [formatCount(warning.memoryMb), formatCount(warning.deployedMb)];
      return `At ${spans(warning)} ${NAMES[warning.side]} is priced with functions of ${memory} MB. The deployed ${deployed} MB are too little: ${warning.limit}.`;
    }
    case 'unread':
      return `At ${spans(warning)} batch is better only because its database sleeps. A reader who polls would keep it awake.`;
    case 'extrapolated': {
      const { side, what, most, times } = warning;
      return `At ${spans(warning)} ${BATCHES[side]} are extrapolated: up to ${formatCount(most)} ${what} each, ${formatCount(times)} times the most that was fitted.`;
    }
    case 'keys': {
      const { mostEvents, seenEvents } = warning;
      return (
        `At ${spans(warning)} the keys are extrapolated: up to ${formatCount(mostEvents)} events a window, ` +
        `${formatCount(mostEvents / seenEvents)} times the ${formatCount(seenEvents)} events they were read from.`
      );
    }
    case 'unchecked-prices': {
      const { mostShare, labels } = warning;
      return (
        `At ${spans(warning)} up to ${formatCount(mostShare * 100)} % of the difference depends on prices from third parties only ` +
        `(${labels.join(', ')}). The error does not include them: check them.`
      );
    }
    case 'unfitted': {
      const names = warning.sides.map((side) => BATCHES[side]).join(' and ');
      return `The CPU of ${names} was not fitted: it is an earlier measurement of the project, and the error does not include it.`;
    }
  }
}

function spans({ windowsSeconds }: { readonly windowsSeconds: readonly number[] }): string {
  return windowsSeconds.map(formatSpan).join(', ');
}
