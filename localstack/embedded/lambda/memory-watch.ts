import { readMemory } from './memory.ts';

/** Often enough to catch a function that fills its memory before it takes the machine's. */
const SAMPLE_INTERVAL_MS = 100;

export type MemoryWatch = { peakMb(): Promise<number>; stop(): void };

/** Samples a process until it is stopped, and calls back once when it holds more than its limit. */
export function watchMemory(pid: number | undefined, limitMb: number, onExceeded: () => void): MemoryWatch {
  let peakMb = 0;
  const sample = async () => {
    const memory = pid === undefined ? null : await readMemory(pid);
    if (memory === null) return;
    peakMb = Math.max(peakMb, memory.peakMb);
    if (memory.residentMb > limitMb) {
      clearInterval(timer);
      onExceeded();
    }
  };
  const timer = setInterval(() => void sample(), SAMPLE_INTERVAL_MS);
  return {
    async peakMb() {
      await sample();
      return peakMb;
    },
    stop: () => clearInterval(timer),
  };
}
