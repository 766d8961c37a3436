import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Connection } from '../store/database.ts';
import { readSecretValue } from './secret-value.ts';

const client = new SecretsManagerClient({
  requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 5_000 }),
});

/**
 * @param ask gives a secret's text by its ARN
 * @throws Error that names the secret, never what it holds
 */
export async function connectBySecret(secretArn: string, ask = askSecretsManager): Promise<Connection> {
  const { connection, sslmode } = readSecretValue(await ask(secretArn), secretArn);
  if (sslmode === 'disable' || sslmode === 'no-verify') {
    // Somebody has chosen it; whoever reads the log learns of it too.
    process.stdout.write(`${JSON.stringify({ type: 'tidemark.unverified-database', secretArn, sslmode })}\n`);
  }
  return connection;
}

async function askSecretsManager(secretArn: string): Promise<string> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn })).catch((cause: Error) => {
    throw new Error(
      `Can't read secret '${secretArn}': ${cause.name}; the function's role needs secretsmanager:GetSecretValue on it, ` +
        `and kms:Decrypt where a key of yours encrypts it`,
      { cause },
    );
  });
  if (answer.SecretString === undefined) {
    throw new Error(`Secret '${secretArn}' holds no text: expected a URL or JSON; store it as a string`);
  }
  return answer.SecretString;
}
