import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Resident memory of a process: now, and at most so far where the system keeps that (Linux). */
export type Memory = { residentMb: number; peakMb: number };

const run = promisify(execFile);

/** Reads the memory of a process; null when it is gone. */
export async function readMemory(pid: number): Promise<Memory | null> {
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
