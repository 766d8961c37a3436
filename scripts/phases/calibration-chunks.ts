import { createRandom, toUnit } from '../load/random.ts';

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

/**
 * What warms the environments up; then one chunk of every size in every packing, in an order that the seed shuffles. Two
 * chunks share a window: the first one's rows are fresh, and many of the second's are there.
 */
export function planChunks({ seed, hosts, windowMs }: { seed: number; hosts: number; windowMs: number }): {
  readonly warmUp: readonly Chunk[];
  readonly measured: readonly Chunk[];
} {
  const kinds = SIZES.flatMap((events, i) =>
    PACKINGS.map((packing, j): Kind => {
      const factor = HOST_FACTORS[(i + j) % HOST_FACTORS.length] ?? 1;
      const eventsPerRecord = events / packing > MOST_SENT_RECORDS ? 4 : packing;
      return { events, eventsPerRecord, hosts: hostsOf(hosts * factor) };
    }),
  );
  const durationMs = windowMs / 2;
  const chunks = [...WARM_UP.map((kind): Kind => ({ ...kind, hosts: hostsOf(hosts) })), ...shuffle(kinds, seed)].map(
    (kind, at): Chunk => ({ ...kind, startMs: at * durationMs, durationMs }),
  );
  return { warmUp: chunks.slice(0, WARM_UP.length), measured: chunks.slice(WARM_UP.length) };
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
