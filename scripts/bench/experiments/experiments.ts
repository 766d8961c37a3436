import { deployedSettings, liveSettings } from '../run-settings.ts';
import { runBatchingWindow } from './batching-window.ts';
import { runCalibration } from './calibration.ts';
import { runDrain } from './drain.ts';
import { runLive } from './live.ts';
import type { Experiments } from './sweep.ts';

/** The experiments themselves, told what they need of the benchmark's options. */
export const EXPERIMENTS: Experiments = {
  live: runLive,
  calibrate: (target, options, display, signal) =>
    runCalibration(target, { ...options, ...deployedSettings(options) }, display, signal),
  drain: (target, options, windowMs, display, signal) =>
    runDrain(target, { ...options, ...deployedSettings(options), windowMs }, display, signal),
  batchingWindow(target, options, batchingWindowSeconds, display, signal) {
    // Counted as the live run, since that is what it is beside.
    const given = { ...options, ...liveSettings(options), durationMs: options.duration, batchingWindowSeconds };
    return runBatchingWindow(target, given, display, signal);
  },
};
