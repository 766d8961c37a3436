import { CfnParameter } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Database } from './login.ts';

/**
 * An external database, with one login for all functions.
 *
 * @param secretArn secret with address and login; null: a parameter holds the URL, which only emulators accept
 */
export function externalDatabase(scope: Construct, secretArn: string | null): Database {
  return secretArn === null ? databaseByUrl(scope) : databaseBySecret(secretArn);
}

function databaseBySecret(secretArn: string): Database {
  return {
    loginOf: () => ({
      environment: { DATABASE_SECRET: secretArn },
      statements: [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] })],
      network: null,
    }),
    parts: [],
  };
}

function databaseByUrl(scope: Construct): Database {
  const url = new CfnParameter(scope, 'DatabaseUrl', {
    noEcho: true,
    description: 'postgres://user:password@host:port/database',
  });
  const deployedRun = new CfnParameter(scope, 'DeployedRun', {
    default: '',
    allowedPattern: '^([a-z0-9]{4,32})?$',
    description: 'For stacks that are soon gone: counts the deployed stream into schemas of a run by this id',
  });
  return {
    loginOf: () => ({
      environment: { DATABASE_URL: url.valueAsString, DEPLOYED_RUN: deployedRun.valueAsString },
      statements: [],
      network: null,
    }),
    parts: [],
  };
}
