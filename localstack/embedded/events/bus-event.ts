import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID, REGION } from '../account.ts';

/** An event as rules match it and targets get it. */
export type BusEvent = {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601, whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
};

/** What became of an asynchronous invocation, as Lambda puts it on a bus; `record` is its invocation record. */
export function lambdaResultEvent(
  outcome: 'Success' | 'Failure',
  record: unknown,
  resources: string[],
  nowMs: number,
): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': `Lambda Function Invocation Result - ${outcome}`,
    source: 'lambda',
    account: ACCOUNT_ID,
    time: `${new Date(nowMs).toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources,
    detail: record,
  };
}
