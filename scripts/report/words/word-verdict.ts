import type { Reader } from '#model/verdict/scenario.ts';
import type { Verdict, WindowVerdict } from '#model/verdict/verdict.ts';
import type { VerdictReport, WindowReport } from '../definition/verdict-report.ts';
import { sayReason } from './reason.ts';
import { writeSentence } from './sentence.ts';
import { sayWarning } from './warning.ts';

/** Puts a verdict into words, as a report holds it. */
export function wordVerdict({ summary, warnings, ...figures }: Verdict): VerdictReport {
  return {
    ...figures,
    windows: figures.windows.map((window) => wordWindow(figures.reader, window)),
    sentence: writeSentence(summary),
    warnings: warnings.map(sayWarning),
  };
}

export function wordWindow(reader: Reader, window: WindowVerdict): WindowReport {
  return { ...window, reason: sayReason(reader, window) };
}
