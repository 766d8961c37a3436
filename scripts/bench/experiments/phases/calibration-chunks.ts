import { createRandom, toUnit } from '#model/statistics/random.ts';

/** What one batch of the calibration counts. */
export type Chunk = {
  readonly events: number;
  readonly eventsPerRecord: number;
  readonly hosts: number;
  /** When its events happen, ms from the first window on. */
  readonly startMs: number;
  readonly durationMs: number;
};

type Kind = Pick<Chunk, 'events' | 'eventsPerRecord' | 'hosts'>;

/** Least to most by about equal factors, so that each size weighs alike in a relative error. */
const SIZES = [300, 500, 850, 1_450, 2_450, 4_150, 7_050, 12_000];
const PACKINGS = [1, 32, 128];
/** More records than that take long to send, and to send again to the micro-batch path; they are packed by fours. */
const MOST_SENT_RECORDS = 5_000;
/** Few hosts, as many as the load has, and many: or else rows would follow from events. */
const HOST_FACTORS = [0.1, 1, 5];
/** More make no more rows of so few events, and take long to be named. */
const MOST_HOSTS = 100_000;
/** In front of the others: enough for an environment that starts to have compiled its code. */
const WARM_UP = [
  { events: 12_000, eventsPerRecord: 128 },
  { events: 4_150, eventsPerRecord: 1 },
];

/** For micro-batches of many records: a mapping's batch may have fifty times as many as those of the other chunks. */
const LARGE = [
  { events: 8_000, hostFactor: 1 },
  { events: 8_000, hostFactor: 5 },
];

export type CalibrationChunks = {
  /** In front: what new environments compile their code by. */
  readonly warmUp: readonly Chunk[];
  readonly measured: readonly Chunk[];
  /** Behind: every event a record. */
  readonly large: readonly Chunk[];
};

/**
 * What warms the environments up; then one chunk of every size in every packing, in an order that the seed shuffles; then large ones,
 * unpacked. Two chunks share a window: the first one's rows are fresh, and many of the second's are there.
 */
export function planChunks({
  seed,
  hosts,
  windowMs,
}: {
  seed: number;
  hosts: number;
  windowMs: number;
}): CalibrationChunks {
  const kinds = SIZES.flatMap((events, i) =>
    PACKINGS.map((packing, j): Kind => {
      const factor = HOST_FACTORS[(i + j) % HOST_FACTORS.length] ?? 1;
      const eventsPerRecord = events / packing > MOST_SENT_RECORDS ? 4 : packing;
      return { events, eventsPerRecord, hosts: hostsOf(hosts * factor) };
    }),
  );
  const durationMs = windowMs / 2;
  const warmUp = WARM_UP.map((kind): Kind => ({ ...kind, hosts: hostsOf(hosts) }));
  const large = LARGE.map(({ events, hostFactor }): Kind => {
    return { events, eventsPerRecord: 1, hosts: hostsOf(hosts * hostFactor) };
  });
  const chunks = [...warmUp, ...shuffle(kinds, seed), ...large].map(
    (kind, at): Chunk => ({ ...kind, startMs: at * durationMs, durationMs }),
  );
  return {
    warmUp: chunks.slice(0, warmUp.length),
    measured: chunks.slice(warmUp.length, -large.length),
    large: chunks.slice(-large.length),
  };
}

function hostsOf(wanted: number): number {
  return Math.min(MOST_HOSTS, Math.max(1, Math.round(wanted)));
}

function shuffle<Item>(items: readonly Item[], seed: number): Item[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, at: toUnit(random()) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
