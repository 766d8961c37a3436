/** What the panels of the timeline share, so that a moment stands at the same place in all of them; seconds. */
export type TimeScale = { readonly domain: [number, number]; readonly label: null; readonly insetLeft: number };

export const MARGINS = { marginLeft: 62, marginTop: 16, marginRight: 18 };

export const TIME_AXIS = { tickSize: 0, tickFormat: (seconds: number) => `${seconds} s`, label: null } as const;
