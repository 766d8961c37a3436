import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AGGREGATION_NAMES, AGGREGATIONS } from '#functions/core/aggregations.ts';
import { createTable, createViewsOf, MIGRATIONS } from '#functions/store/migrations.ts';

const RELEASED = [
  'cc31aecf665778b9604d62b9b791862e089001a2f87e373db6f4699f2d370b20',
  'ff667f76b7a57733e80a414988d9a309740b6b69d74d8c8f91d205d5e97c0583',
  '58ed6e9d57f37a2eed7a80bfcd6b19f077d49f20fc32c4c1bb06e495aff7a373',
];

describe('the migrations', () => {
  it('are never edited once released: a new one adds its digest to the list', () => {
    const digests = MIGRATIONS.map((text) => createHash('sha256').update(text).digest('hex'));
    expect(digests).toEqual(RELEASED);
  });

  it.each(AGGREGATION_NAMES)(
    'make the table and the views of %s as its entry in the list of aggregations says',
    (name) => {
      const all = MIGRATIONS.join('\n');
      expect(all).toContain(createTable(AGGREGATIONS[name]));
      for (const view of createViewsOf(AGGREGATIONS[name]).split(/\n\n/)) expect(all).toContain(view.trim());
    },
  );
});
