/** What one path does over some time. */
export type PathEffort = {
  readonly invocations: number;
  readonly gbSeconds: number;
  /** Statements that commit. */
  readonly commits: number;
  readonly rowsWritten: number;
  /** Of these, inserted. */
  readonly rowsFresh: number;
  /** That the function reads from the stream by itself. */
  readonly bytesRead: number;
  readonly recordsRead: number;
  /** Asked by the scheduler. */
  readonly ticks: number;
  /** Answers that go to the event bus. */
  readonly successEvents: number;
  /** Connections that are opened for a single run. */
  readonly connections: number;
};

export const NO_EFFORT: PathEffort = {
  invocations: 0,
  gbSeconds: 0,
  commits: 0,
  rowsWritten: 0,
  rowsFresh: 0,
  bytesRead: 0,
  recordsRead: 0,
  ticks: 0,
  successEvents: 0,
  connections: 0,
};
