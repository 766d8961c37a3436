import { whyImpossible } from '#model/limits/limit.ts';
import type { Side } from '#model/verdict/choice.ts';
import type { Reason, Saving } from '#model/verdict/reason.ts';
import type { Reader } from '#model/verdict/scenario.ts';
import type { WindowVerdict } from '#model/verdict/verdict.ts';
import { formatUsd } from '#text/format-number.ts';
import { formatSpan } from '#text/format-span.ts';
import { SHOWN } from './case.ts';
import { sayMemory, saySooner } from './setting.ts';

const NAMES: Readonly<Record<Side, string>> = { stream: 'streaming', batch: 'batch' };

/** Gives the reason for a window's decision in a short sentence with its figures, without a full stop. */
export function sayReason(reader: Reader, window: WindowVerdict): string {
  const { stream, batch } = window;
  const name = (side: Side): string => `${NAMES[side]}${sayMemory(window[side])}`;
  const said = say(window.reason, window, reader, name);
  const sides = [
    ...(stream.memoryRaised ? ['stream' as const] : []),
    ...(batch.memoryRaised ? ['batch' as const] : []),
  ];
  const unnamed = sides.map(name).filter((each) => !said.includes(each));
  return unnamed.length === 0 ? said : `${said} (${unnamed.join(', ')})`;
}

function say(reason: Reason, window: WindowVerdict, reader: Reader, name: (side: Side) => string): string {
  switch (reason.kind) {
    case 'impossible':
      return sayImpossible(reason.sides, window);
    case 'open': {
      const { better, betterUsd, leastUsd, mostUsd, isFreshnessValued } = reason;
      return (
        `within the error: ${name(better)} is ${formatUsd(betterUsd)} USD a month better` +
        `${isFreshnessValued ? ', with the value of freshness' : ''}, but may be ${formatUsd(leastUsd)} to ${formatUsd(mostUsd)}`
      );
    }
    case 'same-cost':
      return `both cost the same, and ${name(reason.winner)} shows ${SHOWN[reader]} ${saySooner(reason.soonerSeconds)}`;
    case 'worth-it':
      return (
        `${name(reason.winner)} shows ${SHOWN[reader]} ${saySooner(reason.soonerSeconds)}, ` +
        `worth more than the ${formatUsd(reason.dearerUsd)} USD a month it costs`
      );
    case 'cheaper': {
      const { winner, cheaperUsd, valuedDelaySeconds, saving } = reason;
      const later =
        valuedDelaySeconds === null
          ? ''
          : `, more than ${SHOWN[reader]} ${formatSpan(valuedDelaySeconds)} sooner are worth`;
      return `${name(winner)} is ${formatUsd(cheaperUsd)} USD a month cheaper${later}: ${saySaving(saving)}`;
    }
  }
}

function sayImpossible(sides: readonly Side[], window: WindowVerdict): string {
  const [side, other] = sides;
  if (side === undefined) return '';
  const why = whyImpossible(window[side]);
  if (other === undefined) return `${NAMES[side]} is impossible: ${why}`;
  return `both are impossible: ${NAMES[side]}, as ${why}; ${NAMES[other]}, as ${whyImpossible(window[other])}`;
}

function saySaving(saving: Saving): string {
  if (saving.kind === 'sleep') return `its database sleeps ${formatSleep(saving.share)} of the time`;
  return `${saving.phrase} ${formatUsd(saving.cheapUsd)} instead of ${formatUsd(saving.dearUsd)} USD`;
}

/** A share of sleep that rounds to 100 % is written as `more than 99 %`, because the database does wake. */
function formatSleep(share: number): string {
  const percent = Math.round(share * 100);
  return percent === 100 && share < 1 ? 'more than 99 %' : `${percent.toLocaleString('en-US')} %`;
}
