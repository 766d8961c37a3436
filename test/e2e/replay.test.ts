import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startPostgres } from '#localstack/embedded/postgres/postgres.ts';
import { benchmark, exactReport } from '../support/benchmark-run.ts';

let postgres: EmbeddedPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

/** Two sites, a request every 20 s in steps forward and back, some without a referrer, one line cut off. */
const LOG = Array.from({ length: 400 }, (_, i) => {
  const second = Math.floor(i / 2) * 20 + (i % 2 === 0 ? 30 : 0);
  const time = new Date(Date.UTC(2015, 4, 17, 23, 50) + second * 1000).toISOString();
  const stamp = `${time.slice(8, 10)}/May/2015:${time.slice(11, 19)} +0000`;
  const site = i % 3 === 0 ? 'www.example.com:443' : 'blog.example.com:80';
  const referrer = i % 4 === 0 ? '-' : `http://search.example/?q=${i % 5}`;
  return `${site} 10.0.0.${i % 7} - - [${stamp}] "GET /page/${i % 9} HTTP/1.1" 200 512 "${referrer}" "curl/8"`;
});
LOG[123] = (LOG[123] as string).slice(0, 60);

describe('replaying a log', () => {
  it('counts an access log as it stands, and leaves rows that equal a count made by hand', async () => {
    const input = gzipSync(`${LOG.join('\n')}\n`);
    const options = ['--input', '-', '--window', '7m', '--keep', '--shards', '2', '--windows', 'none'];

    const report = exactReport(await benchmark(options, { databaseUrl: postgres.url, input }));

    expect(report.load.input).toMatchObject({ format: 'vhost_combined', linesRead: 400, unparsed: { count: 1 } });
    expect(report.load.input?.unparsed.examples[0]?.line).toBe(124);
    expect(report.paths.microBatch.finalityMs).toBeNull();
    const expected = countByHand();
    for (const schema of [report.schemas.microBatch, report.schemas.scheduledBatch]) {
      expect(await rowsOf(schema as string)).toEqual(expected);
    }
  });

  it('drops the same late events on both paths, and the sum still closes', async () => {
    const input = Buffer.from(LOG.join('\n'));

    const report = exactReport(
      await benchmark(['--input', '-', '--window', '10s', '--late', 'drop', '--windows', 'none'], { input }),
    );

    const { microBatch, scheduledBatch, sentLines, pathsAgree } = report.correctness;
    expect(pathsAgree).toBe(true);
    expect(microBatch.dropped).toBeGreaterThan(0);
    expect(scheduledBatch.dropped).toBe(microBatch.dropped);
    expect(microBatch.counted + microBatch.dropped).toBe(sentLines);
  });

  it('sends NDJSON byte for byte: what is malformed in it ends in quarantine', async () => {
    const event = (host: string, referrer?: string | null) =>
      JSON.stringify({ event_time: '2020-02-29 12:00:00.123456+02:00', host, referrer });
    const lines = [event('ü.example', null), event('', ''), '{"host":"no time"}', '', event('__proto__'), '\xff{'];
    const input = Buffer.from(lines.join('\n'), 'latin1');

    const report = exactReport(await benchmark(['--input', '-', '--window', '1h', '--windows', 'none'], { input }));

    // The first line's ü is one byte of Latin-1 here, so no UTF-8 either.
    expect(report.correctness).toMatchObject({ sentEvents: 2, sentMalformed: 3 });
    const reasons = report.paths.microBatch.quarantine.map(({ reason }) => reason);
    expect(reasons.sort()).toEqual(['invalid_utf8', 'invalid_utf8', 'missing_event_time']);
  });
});

/** Windows of seven minutes since the epoch, by splitting the lines at their quotes and brackets. */
function countByHand(): string[] {
  const hits = new Map<string, number>();
  const add = (key: string): void => void hits.set(key, (hits.get(key) ?? 0) + 1);
  for (const [i, line] of LOG.entries()) {
    if (i === 123) continue;
    const host = line.slice(0, line.indexOf(':'));
    const [, day, time] = /\[(\d\d)\/May\/2015:(\S+)/.exec(line) as unknown as [string, string, string];
    const seconds = Date.parse(`2015-05-${day}T${time}Z`) / 1000;
    const start = new Date((seconds - (seconds % 420)) * 1000).toISOString().slice(0, 19);
    const referrer = line.split('"')[3];
    add(`host ${start} ${host}`);
    add(`source ${start} ${host} ${referrer === '-' ? 'null' : `'${referrer}'`}`);
  }
  return [...hits].map(([key, count]) => `${key} ${count}`).sort();
}

async function rowsOf(schema: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ row: string }>(
    `select format('host %s %s %s', to_char(event_hour, 'YYYY-MM-DD"T"HH24:MI:SS'), host, num_hits) as row
      from ${schema}.processed_events_aggregated
    union all
    select format('source %s %s %s %s', to_char(event_hour, 'YYYY-MM-DD"T"HH24:MI:SS'), host,
        coalesce(quote_literal(referrer), 'null'), num_hits)
      from ${schema}.processed_events_aggregated_source`,
  );
  await client.end();
  return rows.map(({ row }) => row).sort();
}
