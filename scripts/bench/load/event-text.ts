/** An event's fields as JSON texts (quotes included); an undefined one is left out of the line. */
export type EventJson = {
  readonly ip: string;
  readonly eventTime: string | undefined;
  readonly referrer: string;
  readonly host: string | undefined;
  readonly url: string;
  readonly userAgent: string;
  readonly geodata: string;
};

/** Writes one line by concatenation: JSON.stringify would be most of what the generator costs. */
export function writeEvent(fields: EventJson): string {
  const eventTime = fields.eventTime === undefined ? '' : `"event_time":${fields.eventTime},`;
  const host = fields.host === undefined ? '' : `"host":${fields.host},`;
  return `{"ip":${fields.ip},${eventTime}"referrer":${fields.referrer},${host}"url":${fields.url},"user_agent":${fields.userAgent},"geodata":${fields.geodata}}`;
}
