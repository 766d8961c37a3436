import { AccessDeniedException } from '@aws-sdk/client-kinesis';
import { ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { explainFailure } from '#bench/targets/explain-failure.ts';

const AWS = { name: 'aws', endpoint: null, region: 'eu-west-9' } as const;
const EMULATOR = { name: 'localstack', endpoint: 'http://emulator:4566', region: 'us-east-1' } as const;

const error = (name: string, message: string, code?: string) => Object.assign(new Error(message), { name, code });

const DENIED =
  'User: arn:aws:sts::123456789012:assumed-role/dev/me is not authorized to perform: kinesis:CreateStream on resource: arn:aws:kinesis:eu-west-1:123456789012:stream/Tidemark-run-x because no identity-based policy allows the kinesis:CreateStream action';

describe('explainFailure', () => {
  it.each([
    [
      'an expired login',
      error('CredentialsProviderError', 'The SSO session associated with this profile has expired'),
      'No AWS credentials: The SSO session associated with this profile has expired: expected them in the environment, a profile or a login; set AWS_PROFILE or log in',
    ],
    [
      'a token that expired meanwhile',
      error('ExpiredTokenException', 'The security token included in the request is expired'),
      'The AWS credentials have expired (ExpiredTokenException): renew them, then start again',
    ],
    [
      'a missing permission, by its action',
      new AccessDeniedException({ message: DENIED, $metadata: {} }),
      `No permission: ${DENIED}: allow kinesis:CreateStream, or use other credentials`,
    ],
    [
      'a denial that names no action',
      error('AccessDeniedException', 'explicit deny'),
      'No permission: explicit deny: allow what is needed, or use other credentials',
    ],
    [
      'a region that does not exist',
      error('Error', 'getaddrinfo ENOTFOUND kinesis.eu-west-9.amazonaws.com', 'ENOTFOUND'),
      "Can't reach AWS: getaddrinfo ENOTFOUND kinesis.eu-west-9.amazonaws.com: check region eu-west-9 and the network",
    ],
    [
      'a region that is no name',
      error('Error', 'Region not accepted: region="eu nowhere" is not a valid hostname component.'),
      'Invalid AWS region: Region not accepted: region="eu nowhere" is not a valid hostname component.: expected one such as us-east-1; mend AWS_REGION or the profile',
    ],
    [
      'a network that swallows all',
      error('TimeoutError', 'Connection timed out after 10000 ms'),
      "Can't reach AWS: Connection timed out after 10000 ms: check region eu-west-9 and the network",
    ],
  ])('names %s', (_name, failure, message) => {
    expect(explainFailure(failure, AWS)?.message).toBe(message);
    expect(explainFailure(failure, AWS)?.cause).toBe(failure);
  });

  it.each([
    [error('TimeoutError', 'socket hang up', 'ECONNRESET'), 'socket hang up (ECONNRESET)'],
    [error('AggregateError', '', 'ECONNREFUSED'), '(ECONNREFUSED)'],
  ])('says where an emulator was expected', (failure, what) => {
    expect(explainFailure(failure, EMULATOR)?.message).toBe(
      `Can't reach the emulator at http://emulator:4566: ${what}: start it, or set AWS_ENDPOINT_URL to where it is`,
    );
  });

  it.each([
    ['a function that failed', error('Error', 'results failed: no such run'), AWS],
    [
      'what is looked for and not there',
      new ResourceNotFoundException({ message: 'not found', $metadata: {}, Type: 'User' }),
      AWS,
    ],
    ['what was thrown and is no error', 'oops', AWS],
    [
      'an embedded service that is gone',
      error('Error', 'connect ECONNREFUSED', 'ECONNREFUSED'),
      { name: 'embedded', endpoint: null, region: null } as const,
    ],
  ])('has nothing to say of %s', (_name, failure, destination) => {
    expect(explainFailure(failure, destination)).toBeNull();
  });
});
