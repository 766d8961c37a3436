/** Account and region of the embedded stack; LocalStack uses the same ones. */
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';

export function streamArn(streamName: string): string {
  return `arn:aws:kinesis:${REGION}:${ACCOUNT_ID}:stream/${streamName}`;
}

export function functionArn(functionName: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${functionName}`;
}

export function bucketArn(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}

export function queueArn(queueName: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${queueName}`;
}

export function ruleArn(ruleName: string): string {
  return `arn:aws:events:${REGION}:${ACCOUNT_ID}:rule/${ruleName}`;
}

/** The default event bus; the runtime has no other. */
export const DEFAULT_EVENT_BUS_ARN = `arn:aws:events:${REGION}:${ACCOUNT_ID}:event-bus/default`;
