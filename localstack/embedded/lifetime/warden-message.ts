/** What the main program tells its warden: this process is mine, or it is no more. */
export type WardenMessage = { kind: 'guard' | 'release'; pid: number };
