import type { Config } from './config/config.ts';
import { tickMinutes } from './scheduled-batch/ticks.ts';
import type { EventStream } from './stream/event-stream.ts';

/** Environment variables that tell every function about its stack. */
export function stackEnvironment(config: Config, events: EventStream): Record<string, string> {
  return {
    STACK: config.name,
    STREAM_NAME: events.stream.streamName,
    RUN_STREAM_PREFIX: events.runPrefix,
    PATHS: config.paths,
    BENCHMARK: String(config.benchmark),
    SETTINGS: JSON.stringify(settingsOf(config)),
    TICK_MS: String(tickMinutes(config.window) * 60_000),
  };
}

/** Settings in the shape of the functions: times in milliseconds. */
function settingsOf(config: Config) {
  return {
    windowMs: config.window * 1000,
    boundMs: config.bound * 1000,
    marginMs: config.margin * 1000,
    maxFutureSkewMs: config.maxFutureSkew * 1000,
    idleTimeoutMs: config.idleTimeout * 1000,
    latePolicy: config.latePolicy,
  };
}
