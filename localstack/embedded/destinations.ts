import { bucketArn, queueArn } from './account.ts';

/** Buckets and queues of the stack, in memory. They receive failure records and invocation records. */
export type Destinations = {
  kindOf(arn: string): 'bucket' | 'queue' | 'unknown';
  putObject(arn: string, key: string, body: string): void;
  sendMessage(arn: string, body: string): void;
  /** Objects of a bucket, oldest first; empty for an unknown bucket. */
  objects(bucketName: string): StoredObject[];
  /** Messages of a queue, oldest first. They stay, since the stack has no consumer. */
  messages(queueName: string): string[];
};

export type StoredObject = { key: string; body: string };

export function createDestinations(bucketNames: string[], queueNames: string[]): Destinations {
  const buckets = new Map(bucketNames.map((name): [string, StoredObject[]] => [bucketArn(name), []]));
  const queues = new Map(queueNames.map((name): [string, string[]] => [queueArn(name), []]));
  return {
    kindOf: (arn) => (buckets.has(arn) ? 'bucket' : queues.has(arn) ? 'queue' : 'unknown'),
    putObject: (arn, key, body) => void buckets.get(arn)?.push({ key, body }),
    sendMessage: (arn, body) => void queues.get(arn)?.push(body),
    objects: (bucketName) => [...(buckets.get(bucketArn(bucketName)) ?? [])],
    messages: (queueName) => [...(queues.get(queueArn(queueName)) ?? [])],
  };
}
