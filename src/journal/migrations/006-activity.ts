/** Finds what Home Assistant refused, or took too late to act on, without reading all that it took in time. */
export const ACTIVITY = `
  CREATE INDEX events_told ON events (state, seq) WHERE reason IS NOT NULL;
`;
