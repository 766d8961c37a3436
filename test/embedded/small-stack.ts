import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type EmbeddedStack, type EmbeddedStackOptions, startEmbeddedStack } from '#localstack/embedded/stack.ts';

/** A function of the small stack: its index.mjs and additional properties. */
export type SmallFunction = { code: string; properties?: Record<string, unknown> };

export type SmallStack = EmbeddedStack & {
  lambda: LambdaClient;
  kinesis: KinesisClient;
  logs: CloudWatchLogsClient;
  /** Lines that handlers appended to the file in process.env.SEEN. */
  seen(): string[];
};

// Keep the SDK's warning about old versions of Node out of the tests' output.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Client settings without retries, so that tests see every refusal. */
export const CLIENT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
};

/** The stream, as an entry of `resources`. */
export function stream(shardCount: number): Record<string, unknown> {
  return { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'events', ShardCount: shardCount } };
}

/** A mapping from the stream to a function of the small stack. */
export function mapping(functionName: string, properties: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] },
      FunctionName: { Ref: functionName },
      StartingPosition: 'TRIM_HORIZON',
      ...properties,
    },
  };
}

/** Writes an assembly as `cdk synth` does, into a new folder; functions have their logical ids as names. */
export function writeAssembly(
  functions: Record<string, SmallFunction>,
  resources: Record<string, unknown> = {},
): { assemblyDir: string; seenPath: string } {
  const assemblyDir = mkdtempSync(join(tmpdir(), 'tidemark-embedded-'));
  const seenPath = join(assemblyDir, 'seen.txt');
  writeFileSync(seenPath, '');
  for (const [name, { code }] of Object.entries(functions)) {
    mkdirSync(join(assemblyDir, `asset.${name}`));
    writeFileSync(join(assemblyDir, `asset.${name}`, 'index.mjs'), code);
  }
  const functionResources = Object.fromEntries(
    Object.entries(functions).map(([name, { properties }]) => [
      name,
      {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: name,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
          Environment: { Variables: { SEEN: seenPath } },
          MemorySize: 256,
          Timeout: 20,
          ...properties,
        },
      },
    ]),
  );
  const template = { Resources: { ...functionResources, ...resources } };
  writeFileSync(join(assemblyDir, 'Small.template.json'), JSON.stringify(template));
  return { assemblyDir, seenPath };
}

/** Starts a small stack; closing it also removes its folder. */
export async function startSmallStack(
  functions: Record<string, SmallFunction>,
  resources: Record<string, unknown> = {},
  options: Partial<EmbeddedStackOptions> = {},
): Promise<SmallStack> {
  const { assemblyDir, seenPath } = writeAssembly(functions, resources);
  const removeFolder = () => rmSync(assemblyDir, { recursive: true, force: true });
  const stack = await startEmbeddedStack({ assemblyDir, parameters: {}, ...options }).catch((error: unknown) => {
    removeFolder();
    throw error;
  });
  const { endpoints } = stack;
  return {
    ...stack,
    lambda: new LambdaClient({ ...CLIENT, endpoint: endpoints.lambda }),
    kinesis: new KinesisClient({ ...CLIENT, endpoint: endpoints.kinesis, requestHandler: new NodeHttpHandler() }),
    logs: new CloudWatchLogsClient({ ...CLIENT, endpoint: endpoints.logs }),
    seen: () => readFileSync(seenPath, 'utf8').split('\n').filter(Boolean),
    async close() {
      await stack.close();
      removeFolder();
    },
  };
}

/** Code of a handler that appends `shard:text` for every record, then answers with the code in `answer`. */
export function recordingHandler(answer = ''): string {
  return `
    import { appendFileSync } from 'node:fs';
    let invocations = 0;
    export const handler = async (event) => {
      invocations += 1;
      const records = event.Records.map((record) => ({
        shard: record.eventID.split(':')[0],
        text: Buffer.from(record.kinesis.data, 'base64').toString(),
        sequenceNumber: record.kinesis.sequenceNumber,
      }));
      const note = () => appendFileSync(process.env.SEEN, records.map(({ shard, text }) => shard + ':' + text + '\\n').join(''));
      ${answer}
      note();
    };
  `;
}
