import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { STANDARD_ENDPOINT } from '#bench/targets/emulator.ts';
import { databaseUrls } from '#ops/localstack/database-urls.ts';

type Service = {
  image: string;
  ports: string[];
  environment: Record<string, string>;
  networks: string[];
  healthcheck: { test: string[] };
};

const { services, networks } = parse(
  readFileSync(new URL('../../../localstack/compose.yaml', import.meta.url), 'utf8'),
  { strict: true },
) as { services: Record<'localstack' | 'postgres', Service>; networks: Record<string, { name: string }> };

describe('localstack/compose.yaml', () => {
  it('pins every image, LocalStack to the last one without a token', () => {
    const images = Object.values(services).map(({ image }) => image);

    for (const image of images) expect(image).toMatch(/^[\w./-]+:\d+(\.\d+)*$/);
    expect(services.localstack.image).toBe('localstack/localstack:4.14.0');
    expect(services.postgres.image).toMatch(/:18(\.|$)/);
  });

  it('opens its ports to this machine alone, where the environment says', () => {
    expect(services.localstack.ports).toEqual([
      `127.0.0.1:\${LOCALSTACK_PORT:-${new URL(STANDARD_ENDPOINT).port}}:4566`,
    ]);
    expect(services.postgres.ports).toEqual([`127.0.0.1:\${POSTGRES_PORT:-5432}:5432`]);
  });

  it('says of each service when it is ready', () => {
    for (const { healthcheck } of Object.values(services)) expect(healthcheck.test[0]).toMatch(/^CMD/);
  });

  it('lets functions reach the database by the name and the login that a deploy gives them', () => {
    const { hostname, port, username, password, pathname } = new URL(databaseUrls({}).functions);

    expect(Object.keys(services)).toContain(hostname);
    expect(port).toBe('5432');
    expect(services.postgres.environment).toEqual({
      POSTGRES_USER: username,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: pathname.slice(1),
    });
    const network = services.localstack.environment.LAMBDA_DOCKER_NETWORK ?? '';
    expect(networks[network]?.name).toBe(network); // a function's container knows it by this name
    expect([services.localstack.networks, services.postgres.networks]).toEqual([[network], [network]]);
  });

  it('runs arm64 functions on any machine', () => {
    expect(services.localstack.environment.LAMBDA_IGNORE_ARCHITECTURE).toBe('1');
  });
});
