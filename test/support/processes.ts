import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process. In `command` a null byte precedes each argument; `folder` is the working folder. */
export type Process = { pid: number; parent: number; started: string; command: string; folder: string };

/** Every process of this machine, from /proc, so on Linux only. */
export function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const folder = readlinkSync(`/proc/${name}/cwd`);
      return [{ pid: Number(name), parent: Number(fields[1]), started: fields[19] as string, command, folder }];
    } catch {
      return []; // it ended while we looked
    }
  });
}

export function descendantsOf(pid: number): Process[] {
  const all = processes();
  const below = (parent: number): Process[] =>
    all.filter((process) => process.parent === parent).flatMap((process) => [process, ...below(process.pid)]);
  return below(pid);
}

/** Whether a process runs; a zombie, which has ended but is not reaped, does not. */
export function isRunning({ pid, started }: Process): boolean {
  return processes().some((process) => process.pid === pid && process.started === started && process.command !== '');
}
