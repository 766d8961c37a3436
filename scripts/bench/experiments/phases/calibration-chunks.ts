import { createRandom, toUnit } from '#model/statistics/random.ts';

export const CALIBRATION_WINDOW_MS = 60_000;

/** Records per micro-batch of a calibration. Its large chunks may fill a mapping's largest batch. */
export const CALIBRATION_BATCH_SIZE = 200;

/** The events that one batch of the calibration counts. */
export type Chunk = {
  readonly events: number;
  readonly eventsPerRecord: number;
  readonly hosts: number;
  /** Start of its events, ms since the first window's start. */
  readonly startMs: number;
  readonly durationMs: number;
};

type Kind = Pick<Chunk, 'events' | 'eventsPerRecord' | 'hosts'>;

/** Events per chunk, in steps of about equal factors, so that each size weighs alike in a relative error. */
const SIZES = [300, 500, 850, 1_450, 2_450, 4_150, 7_050, 12_000];
/** Events per record. */
const PACKINGS = [1, 32, 128];
/** Chunks of more records are packed by fours, because sending them and counting them record by record takes long. */
const MOST_SENT_RECORDS = 5_000;
/** Hosts of a chunk as a multiple of the load's: with one number of hosts, rows would follow from events. */
const HOST_FACTORS = [0.1, 1, 5];
/** Most hosts of a chunk: more make no more rows of so few events, and take long to create. */
const MOST_HOSTS = 100_000;
/** First chunks: enough for a new environment to compile its code. */
const WARM_UP = [
  { events: 12_000, eventsPerRecord: 128 },
  { events: 4_150, eventsPerRecord: 1 },
];

/** Last chunks, for micro-batches of many records: a mapping's batch may have fifty times as many as the other chunks. */
const LARGE = [
  { events: 8_000, hostFactor: 1 },
  { events: 8_000, hostFactor: 5 },
];

export type CalibrationChunks = {
  /** Chunks at the start, by which new environments compile their code. */
  readonly warmUp: readonly Chunk[];
  readonly measured: readonly Chunk[];
  /** Chunks at the end, in which every event is a record. */
  readonly large: readonly Chunk[];
};

/**
 * Plans the chunks: the warm-up; then one chunk of every size in every packing, in an order that the seed shuffles; then
 * large, unpacked ones. Two chunks share a window: all rows of the first are new, and many of the second exist already.
 */
export function planChunks({ seed, hosts }: { seed: number; hosts: number }): CalibrationChunks {
  const kinds = SIZES.flatMap((events, i) =>
    PACKINGS.map((packing, j): Kind => {
      const factor = HOST_FACTORS[(i + j) % HOST_FACTORS.length] ?? 1;
      const eventsPerRecord = events / packing > MOST_SENT_RECORDS ? 4 : packing;
      return { events, eventsPerRecord, hosts: hostsOf(hosts * factor) };
    }),
  );
  const durationMs = CALIBRATION_WINDOW_MS / 2;
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
