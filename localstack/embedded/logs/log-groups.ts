/** One line of a log, as CloudWatch Logs gives it back. `id` grows by one with every event of the store. */
export type LogEvent = { id: number; timestampMs: number; message: string; logStreamName: string };

export type LogGroups = {
  append(logGroupName: string, logStreamName: string, message: string, timestampMs: number): void;
  /** Events of a group, oldest first; null when there is no such group. */
  events(logGroupName: string): readonly LogEvent[] | null;
  create(logGroupName: string): void;
};

/** Older lines are dropped: a benchmark reads its reports soon, and a long run must not grow for ever. */
const LINES_PER_GROUP = 200_000;

export function createLogGroups(linesPerGroup = LINES_PER_GROUP): LogGroups {
  const groups = new Map<string, LogEvent[]>();
  let lastId = 0;

  const group = (name: string): LogEvent[] => {
    const existing = groups.get(name);
    if (existing !== undefined) return existing;
    const created: LogEvent[] = [];
    groups.set(name, created);
    return created;
  };

  return {
    create: (name) => {
      group(name);
    },
    append(name, logStreamName, message, timestampMs) {
      const events = group(name);
      lastId += 1;
      events.push({ id: lastId, timestampMs, message, logStreamName });
      // In slices, so that a full group does not move all of its lines for every new one.
      if (events.length > linesPerGroup * 1.1) events.splice(0, events.length - linesPerGroup);
    },
    events: (name) => groups.get(name) ?? null,
  };
}
