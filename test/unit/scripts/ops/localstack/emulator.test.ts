import { describe, expect, it } from 'vitest';
import { checkEmulator } from '#ops/localstack/emulator.ts';
import { type HttpAnswer, serveAnswer } from '#test/support/aws-endpoint.ts';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What GetCallerIdentity answers. */
function identityOf(account: string): HttpAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::${account}:root</Arn><UserId>${account}</UserId><Account>${account}</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  };
}

function check(endpoint: string): Promise<void> {
  return checkEmulator({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
}

describe('the check of an emulator', () => {
  it("lets the emulators' account through", async () => {
    await expect(check(await serveAnswer(identityOf('000000000000')))).resolves.toBeUndefined();
  });

  it('refuses any other account, since it may be a real one', async () => {
    const endpoint = await serveAnswer(identityOf('123456789012'));

    await expect(check(endpoint)).rejects.toThrow(
      `Account 123456789012 at ${endpoint} as test: expected the emulators' 000000000000, and no other is touched`,
    );
  });

  it('names an endpoint where nothing answers', async () => {
    await expect(check('http://127.0.0.1:1')).rejects.toThrow(/^Can't reach the emulator at http:\/\/127\.0\.0\.1:1: /);
  });

  it('names an endpoint where something else answers, in one line', async () => {
    const endpoint = await serveAnswer({ status: 200, body: '<html><body>It works!</body></html>' });

    await expect(check(endpoint)).rejects.toThrow(
      /^(What answers at \S+ is no emulator \(.*\)|Account without a number at .*): .*check AWS_ENDPOINT_URL[^\n]*$/,
    );
  });
});
