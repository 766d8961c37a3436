import { NoSuchKey, S3Client } from '@aws-sdk/client-s3';

/** A client of a bucket that holds these objects by their keys, and lists them two a page. */
export function scriptedBucket(objects: () => Readonly<Record<string, string>>): S3Client {
  return Object.assign(Object.create(S3Client.prototype) as S3Client, {
    async send({ input }: { input: Record<string, string> }): Promise<unknown> {
      const { Key, Prefix, ContinuationToken = '0' } = input;
      if (Prefix !== undefined) {
        const keys = Object.keys(objects()).filter((key) => key.startsWith(Prefix));
        const at = Number(ContinuationToken);
        const page = keys.slice(at, at + 2).map((key) => ({ Key: key }));
        return { Contents: page, ...(at + 2 < keys.length && { NextContinuationToken: `${at + 2}` }) };
      }
      const body = objects()[Key ?? ''];
      if (body === undefined) throw new NoSuchKey({ $metadata: {}, message: 'The specified key does not exist.' });
      return { Body: { transformToString: async () => body } };
    },
  });
}
