import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** `command` has its arguments behind a null byte each; `folder` is the working one. */
export type Process = { pid: number; parent: number; started: string; command: string; folder: string };

/** Every process of this machine. Linux tells in /proc; elsewhere a test can't look. */
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

/** Not so of one that has ended and that nobody has asked after yet. */
export function isRunning({ pid, started }: Process): boolean {
  return processes().some((process) => process.pid === pid && process.started === started && process.command !== '');
}
