import { PATH_NAMES } from '#functions/contract.ts';
import type { Term } from '#model/cost/term.ts';
import { type Owner, REGIMES } from '#model/deployment.ts';
import type { Limit } from '#model/limits/limit.ts';
import { PRICES, type PriceId } from '#model/prices/price-table.ts';
import { type Choice, EXTRAPOLATED } from '#model/verdict/choice.ts';
import type { RuleRow } from '#model/verdict/engines/test-rule.ts';
import type { Threshold } from '#model/verdict/find-threshold.ts';
import { DECISIONS } from '#model/verdict/judged-window.ts';
import { READERS } from '#model/verdict/scenario.ts';
import { SENSITIVITIES, type SensitivityRow } from '#model/verdict/sensitivity.ts';
import type { RunCost } from '../run-cost/run-cost.ts';
import { GRADE } from './model-shapes.ts';
import type { RegimeVerdict, VerdictReport, WindowReport } from './report.ts';
import { ANY_NUMBER, type FieldShapes, FLAG, fieldsOf, listOf, objectOf, oneOf, orNull, TEXT } from './shape.ts';

const NUMBER_OR_NULL = orNull(ANY_NUMBER);

const LIMITS = listOf(
  objectOf<Limit>({
    id: oneOf([
      'shards',
      'read-bytes',
      'read-calls',
      'time',
      'memory',
      'retention',
      'connections',
      'concurrency',
      'acu',
      'interval',
    ]),
    text: TEXT,
    use: ANY_NUMBER,
    possible: FLAG,
  }),
);

const CHOICE = objectOf<Choice>({
  path: oneOf(PATH_NAMES),
  ...fieldsOf(
    [
      'windowSeconds',
      'costUsd',
      'sharedUsd',
      'fixedUsd',
      'variableUsd',
      'awakeShare',
      'freshnessSeconds',
      'finalitySeconds',
      'delaySeconds',
      'objectiveUsd',
      'rowsWrittenPerFinalRow',
      'heldKeys',
      'invocationsPerMonth',
      'eventsPerInvocation',
      'recordsPerInvocation',
      'rowsPerInvocation',
      'extrapolation',
      'shards',
      'memoryMb',
    ],
    ANY_NUMBER,
  ),
  ...fieldsOf(['batchingWindowSeconds', 'batchSize', 'fullAfterSeconds', 'batchIntervalSeconds'], NUMBER_OR_NULL),
  extrapolatedIn: orNull(oneOf(EXTRAPOLATED)),
  ...fieldsOf(['memoryRaised', 'possible'], FLAG),
  limits: LIMITS,
});

const WINDOW = objectOf<WindowReport>({
  ...fieldsOf(['windowSeconds', 'differenceUsd', 'lowUsd', 'highUsd'], ANY_NUMBER),
  ...fieldsOf(['stream', 'batch'], CHOICE),
  decision: oneOf(DECISIONS),
  reason: TEXT,
});

const THRESHOLD: FieldShapes<Threshold> = fieldsOf(['thresholdSeconds', 'streamAgainSeconds'], NUMBER_OR_NULL);
const REGIME_VERDICT: FieldShapes<RegimeVerdict> = {
  regime: oneOf(REGIMES),
  reader: oneOf(READERS),
  ...THRESHOLD,
  ...fieldsOf(['earliestSeconds', 'latestSeconds'], NUMBER_OR_NULL),
  sentence: TEXT,
};

export const REGIME_VERDICTS = listOf(objectOf(REGIME_VERDICT));

export const VERDICT = objectOf<VerdictReport>({
  ...REGIME_VERDICT,
  freshnessUsd: ANY_NUMBER,
  windows: listOf(WINDOW),
  besideEachOther: LIMITS,
  warnings: listOf(TEXT),
});

export const SENSITIVITY = listOf(
  objectOf<SensitivityRow>({ what: oneOf(SENSITIVITIES), factor: ANY_NUMBER, ...THRESHOLD }),
);

export const RULE = listOf(
  objectOf<RuleRow>({
    ...THRESHOLD,
    ...fieldsOf(['assumptions', 'stream', 'batch', 'sentence'], TEXT),
    startUpSeconds: NUMBER_OR_NULL,
  }),
);

const TERM = objectOf<Term>({
  ...fieldsOf(['id', 'label', 'unit', 'source', 'seen'], TEXT),
  owner: oneOf<Owner>(['shared', ...PATH_NAMES]),
  price: oneOf(Object.keys(PRICES) as PriceId[]),
  ...fieldsOf(['quantity', 'usd', 'per', 'costUsd'], ANY_NUMBER),
  grade: GRADE,
});

export const RUN_COST = objectOf<RunCost>({
  ...fieldsOf(['phases', 'assumptions'], listOf(TEXT)),
  ...fieldsOf(['seconds', 'totalUsd', 'mostUsd', 'databaseAwakeSeconds'], ANY_NUMBER),
  terms: listOf(TERM),
});
