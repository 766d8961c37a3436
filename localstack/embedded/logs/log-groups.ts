/** One log line. `id` grows by one with every line of all groups. */
export type LogEvent = { id: number; timestampMs: number; message: string; logStreamName: string };

export type LogGroups = {
  append(logGroupName: string, logStreamName: string, message: string, timestampMs: number): void;
  /** Events of a group, oldest first; null for an unknown group. */
  events(logGroupName: string): readonly LogEvent[] | null;
  create(logGroupName: string): void;
};

/** Limit that keeps the memory of a long run bounded. A benchmark reads its reports long before they are dropped. */
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
      // Lines go in slices, so that a full group does not move all of them for every new line.
      if (events.length > linesPerGroup * 1.1) events.splice(0, events.length - linesPerGroup);
    },
    events: (name) => groups.get(name) ?? null,
  };
}
