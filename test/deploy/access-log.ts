import { existsSync, readFileSync } from 'node:fs';
import { createRandom } from '#model/statistics/random.ts';

const LINES = 3_000;

/** A log to replay: a real one where ACCESS_LOG names it, or else one that is written here. */
export function accessLog(): { text: Buffer; kind: string } {
  const given = process.env.ACCESS_LOG;
  if (given) {
    if (!existsSync(given))
      throw new Error(`Invalid ACCESS_LOG '${given}': there is no such file; unset it, or mend it`);
    return { text: readFileSync(given), kind: 'the real access log that ACCESS_LOG names' };
  }
  const text = Buffer.from(`${writtenLines().join('\n')}\n`);
  return { text, kind: `an access log of ${LINES} lines, written by the test since ACCESS_LOG names none` };
}

/** Over a day and a half, out of order by up to a minute, some lines without a referrer, the same every time. */
function writtenLines(): string[] {
  const random = createRandom(20_150_517);
  return Array.from({ length: LINES }, (_, i) => {
    const second = i * 43 - (random() % 60);
    const time = new Date(Date.UTC(2015, 4, 17, 10, 5) + second * 1000).toISOString();
    const stamp = `${time.slice(8, 10)}/May/2015:${time.slice(11, 19)} +0000`;
    const address = `10.0.${random() % 4}.${random() % 50}`;
    const referrer = random() % 3 === 0 ? '-' : `http://search.example/?q=${random() % 40}`;
    return `${address} - - [${stamp}] "GET /page/${random() % 90} HTTP/1.1" 200 512 "${referrer}" "curl/8"`;
  });
}
