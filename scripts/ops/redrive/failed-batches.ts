import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { UsageError } from '#text/usage-error.ts';

/** Where mappings put what they give up; each is a folder by the mapping's id, shard and day below it. */
const PREFIX = 'aws/lambda/';

/** The keys of all failure records in the bucket. */
export async function listFailedBatches(s3: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: PREFIX })) {
    for (const { Key } of Contents) if (Key !== undefined && !Key.endsWith('/')) keys.push(Key);
  }
  return keys;
}

/**
 * The text of a failure record: of a file where there is one of that name, else of an object in the bucket.
 *
 * @throws UsageError where there is neither
 */
export async function readFailureRecord(s3: S3Client, bucket: string, name: string): Promise<string> {
  if (existsSync(name)) return readFile(name, 'utf8');
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
    return (await Body?.transformToString()) ?? '';
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    throw new UsageError(`No failure record '${name}': expected a file, or a key in ${bucket}; see --list`);
  }
}
