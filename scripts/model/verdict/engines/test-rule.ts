import type { Model } from '#model/model.ts';
import { formatSpan } from '#text/format-span.ts';
import { extend, type Infer, number, orNull, text } from '#text/schema.ts';
import { planSearch, thresholdOf } from '../compare-paths.ts';
import { createSearch, findThreshold, THRESHOLD, type Threshold } from '../find-threshold.ts';
import type { PreparedScenario } from '../scenario.ts';
import { moveInputs } from '../uncertainty.ts';
import { ENGINE_LABELS, type EngineInputs, type SparkName, STANDARD_INPUTS } from './engine-inputs.ts';
import { type JudgedEngine, judgeEngine } from './estimate-engine.ts';

/** Threshold of the rule of thumb, s: "batch from about 1 hour on, as Spark takes 3 minutes to start". */
export const RULE_SECONDS = 3_600;

/** One set of assumptions, and the window from which the batch engine has the lower objective. */
export const RULE_ROW = extend(
  THRESHOLD,
  {
    assumptions: text('the assumptions, in words'),
    stream: text('engine that streams'),
    batch: text('engine that runs the batch'),
    startUpSeconds: orNull(
      number('s', 'start-up time of the batch engine'),
      'the project’s own paths, whose measured times include the start',
    ),
    sentence: text('the answer in words'),
  },
  'rule',
);
export type RuleRow = Infer<typeof RULE_ROW>;

/** Assumptions about Spark's start, from the rule of thumb to the shortest published time. */
const STARTS: readonly { readonly seconds: number; readonly billedSeconds: number; readonly assumptions: string }[] = [
  { seconds: 180, billedSeconds: 180, assumptions: 'Spark takes 180 s to start, all of it billed' },
  { seconds: 180, billedSeconds: STANDARD_INPUTS.sparkBilledStartUpSeconds, assumptions: 'Spark takes 180 s to start' },
  { seconds: 30, billedSeconds: STANDARD_INPUTS.sparkBilledStartUpSeconds, assumptions: 'Spark takes 30 s to start' },
  { seconds: 15, billedSeconds: STANDARD_INPUTS.sparkBilledStartUpSeconds, assumptions: 'Spark takes 15 s to start' },
];

/** The user's own figures of Spark on either service; a missing one keeps its assumption. */
export type GivenSpark = { readonly startUpSeconds?: number; readonly billingMinimumSeconds?: number };

/**
 * Tests the rule with the model: Flink against Spark on either service, and this project's two paths.
 *
 * @param given adds a row of its own for each service, after those of the assumptions
 */
export function testRule(model: Model, scenario: PreparedScenario, given: GivenSpark = {}): RuleRow[] {
  const assumed = STARTS.map(({ seconds, billedSeconds, assumptions }): Assumed => {
    return { inputs: { sparkStartUpSeconds: seconds, sparkBilledStartUpSeconds: billedSeconds }, assumptions };
  });
  const all = [...assumed, ...asGiven(given)];
  const spark = (['emr', 'glue'] as const).flatMap((engine) =>
    all.map((each) => testSpark(model, scenario, engine, each)),
  );
  return [...spark, testPaths(model, scenario)];
}

type Assumed = { readonly inputs: Partial<EngineInputs>; readonly assumptions: string };

function asGiven({ startUpSeconds, billingMinimumSeconds: minimum }: GivenSpark): Assumed[] {
  if (startUpSeconds === undefined && minimum === undefined) return [];
  const { sparkStartUpSeconds } = STANDARD_INPUTS;
  const seconds = startUpSeconds ?? sparkStartUpSeconds;
  const minimums =
    minimum === undefined ? {} : { emrBillingMinimumSeconds: minimum, glueBillingMinimumSeconds: minimum };
  const takes = seconds.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return [
    { inputs: { sparkStartUpSeconds: seconds, ...minimums }, assumptions: `As given: Spark takes ${takes} s to start` },
  ];
}

function testSpark(model: Model, scenario: PreparedScenario, engine: SparkName, assumed: Assumed): RuleRow {
  const inputs: EngineInputs = { ...STANDARD_INPUTS, ...assumed.inputs };
  const minimumSeconds = engine === 'emr' ? inputs.emrBillingMinimumSeconds : inputs.glueBillingMinimumSeconds;
  const judged = createSearch((windowSeconds) => ({
    windowSeconds,
    stream: judgeEngine(model, scenario, windowSeconds, 'flink', inputs),
    batch: judgeEngine(model, scenario, windowSeconds, engine, inputs),
  }));
  const found = findThreshold(judged, isRunBetter);
  const minimum = minimumSeconds === 0 ? 'no minimum is billed' : `${formatSpan(minimumSeconds)} is billed at least`;
  const assumptions = `${assumed.assumptions}; ${minimum}`;
  return describe(ENGINE_LABELS.flink, ENGINE_LABELS[engine], assumptions, inputs.sparkStartUpSeconds, found);
}

function testPaths(model: Model, scenario: PreparedScenario): RuleRow {
  const found = thresholdOf(
    model,
    scenario,
    planSearch(model, () => scenario),
    moveInputs(model),
  );
  return describe('the micro-batch path', 'the scheduled-batch path', 'This project, each run cold', null, found);
}

function isRunBetter({ stream, batch }: Readonly<Record<'stream' | 'batch', JudgedEngine>>): boolean {
  return batch.possible && batch.objectiveUsd <= stream.objectiveUsd;
}

function describe(
  stream: string,
  batch: string,
  assumptions: string,
  startUpSeconds: number | null,
  found: Threshold,
): RuleRow {
  const sentence = `${assumptions}: ${answer(stream, batch, found)}.`;
  return { assumptions, stream, batch, startUpSeconds, ...found, sentence };
}

function answer(stream: string, batch: string, { thresholdSeconds, streamAgainSeconds }: Threshold): string {
  if (thresholdSeconds === null) return `${stream} is better at every window up to a day`;
  const again = streamAgainSeconds === null ? '' : `, and ${stream} again from ${formatSpan(streamAgainSeconds)} on`;
  return `${batch} is better than ${stream} from ${formatSpan(thresholdSeconds)} on, ${beside(thresholdSeconds)}${again}`;
}

function beside(thresholdSeconds: number): string {
  if (thresholdSeconds === RULE_SECONDS) return 'as the rule says';
  return `${thresholdSeconds < RULE_SECONDS ? 'not only' : 'not already'} from about ${formatSpan(RULE_SECONDS)}`;
}
