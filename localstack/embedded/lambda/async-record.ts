import { randomUUID } from 'node:crypto';
import { functionArn } from '../account.ts';
import type { InvocationResult } from './invocation-result.ts';

/** How an asynchronous invocation ended, after retries; `result` is that of the last attempt, null without one. */
export type AsyncEnding = {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  invocations: number;
  result: InvocationResult | null;
};

/** The invocation record that Lambda sends to a destination. */
export type AsyncRecord = {
  version: '1.0';
  timestamp: string;
  requestContext: {
    requestId: string;
    /** Function ARN with its qualifier. */
    functionArn: string;
    condition: AsyncEnding['condition'];
    approximateInvokeCount: number;
  };
  requestPayload: unknown;
  /** Response members are absent when the function never ran. */
  responseContext?: { statusCode: 200; executedVersion: '$LATEST'; functionError?: 'Unhandled' };
  responsePayload?: unknown;
};

export function asyncRecord(
  functionName: string,
  payload: Buffer,
  { condition, invocations, result }: AsyncEnding,
  nowMs: number,
): AsyncRecord {
  return {
    version: '1.0',
    timestamp: new Date(nowMs).toISOString(),
    requestContext: {
      requestId: result?.requestId ?? randomUUID(),
      functionArn: `${functionArn(functionName)}:$LATEST`,
      condition,
      approximateInvokeCount: invocations,
    },
    requestPayload: parse(payload),
    ...(result === null
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: result.executedVersion,
            ...(result.functionError === null ? {} : { functionError: result.functionError }),
          },
          responsePayload: parse(result.payload),
        }),
  };
}

/** Key of a record in S3: aws/lambda/async/<function>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random>. */
export function asyncRecordKey(functionName: string, random: string, nowMs: number): string {
  const iso = new Date(nowMs).toISOString();
  const day = iso.slice(0, 10).replaceAll('-', '/');
  return `aws/lambda/async/${functionName}/${day}/${iso.slice(0, 19).replaceAll(':', '.')}-${random}`;
}

function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return payload.toString('utf8');
  }
}
