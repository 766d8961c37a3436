import { SETTING_RANGES_MS, type Settings } from '#functions/contract.ts';
import { defaultDeployment } from '#model/deployment.ts';
import { type Infer, number, object, oneOf, type Schema, within } from '#text/schema.ts';
import type { BenchmarkOptions } from './benchmark-options.ts';

/** How a path counts, as the functions take it. */
export const SETTINGS = object(
  {
    windowMs: setting('windowMs', 'size of the tumbling window'),
    boundMs: setting('boundMs', 'how far the watermark stays behind the greatest event time'),
    marginMs: setting('marginMs', 'what the batch waits beyond window end + bound'),
    maxFutureSkewMs: setting('maxFutureSkewMs', 'an event time further ahead of its arrival is quarantined'),
    idleTimeoutMs: setting(
      'idleTimeoutMs',
      'a shard silent for so long, and found empty, no longer holds the path’s watermark back',
    ),
    latePolicy: oneOf(['count', 'drop'], 'what became of late events'),
  } satisfies { [Name in keyof Settings]: Schema<Settings[Name]> },
  'settings',
);

function setting(name: keyof typeof SETTING_RANGES_MS, meaning: string): Schema<number> {
  const { least, most } = SETTING_RANGES_MS[name];
  return within(least, most, 'ms', meaning);
}

/** Settings of the event source mapping, named as Lambda names them. */
export const MAPPING_SETTINGS = object(
  {
    batchSize: number('records', 'most records in a micro-batch'),
    batchingWindowSeconds: number('s', 'how long the mapping fills a batch'),
  },
  'mapping',
);
export type MappingSettings = Infer<typeof MAPPING_SETTINGS>;

/** Settings of the live run. Its windows and its bound are small, so that one minute shows several windows. */
export function liveSettings(options: BenchmarkOptions): Settings {
  const { window: windowMs, bound: boundMs, margin: marginMs } = options;
  return { ...commonSettings(options), windowMs, boundMs, marginMs };
}

/** Settings of the stack as it is deployed by default: the model and the verdict are about it. */
export function deployedSettings(options: BenchmarkOptions): Omit<Settings, 'windowMs'> {
  const { boundSeconds, marginSeconds } = defaultDeployment('both');
  return { ...commonSettings(options), boundMs: boundSeconds * 1_000, marginMs: marginSeconds * 1_000 };
}

function commonSettings({ maxFutureSkew, idleTimeout, late }: BenchmarkOptions) {
  return { maxFutureSkewMs: maxFutureSkew, idleTimeoutMs: idleTimeout, latePolicy: late };
}

/** Takes the settings out of larger options, because the results function stores all that it is sent. */
export function settingsOf(options: Settings): Settings {
  const { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy } = options;
  return { windowMs, boundMs, marginMs, maxFutureSkewMs, idleTimeoutMs, latePolicy };
}
