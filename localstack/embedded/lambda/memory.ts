import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Short enough to stop a runaway function before it takes the machine's memory. */
const SAMPLE_INTERVAL_MS = 100;

type MemoryWatch = { peakMb(): Promise<number>; stop(): void };

/** Samples a process until `stop`, and calls back once when it exceeds its limit. */
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

/** Resident memory of a process: now, and its peak where the system records one (Linux). */
type Memory = { residentMb: number; peakMb: number };

const run = promisify(execFile);

/** Reads the memory of a process; null when the process has ended. */
async function readMemory(pid: number): Promise<Memory | null> {
  return process.platform === 'linux' ? readProc(pid) : readPs(pid);
}

function readProc(pid: number): Memory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { residentMb: toMb(kilobytes('VmRSS')), peakMb: toMb(kilobytes('VmHWM')) };
  } catch {
    return null;
  }
}

async function readPs(pid: number): Promise<Memory | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    const residentMb = toMb(Number(stdout.trim()));
    return { residentMb, peakMb: residentMb };
  } catch {
    return null;
  }
}

function toMb(kilobytes: number): number {
  return Math.ceil(kilobytes / 1024);
}
