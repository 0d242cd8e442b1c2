import type { Mutation } from "../bundle/mutation.ts";
import { ALARM_MUTATIONS } from "./alarms.ts";
import { CALL_MUTATIONS } from "./calls.ts";
import { INBOUND_MUTATIONS } from "./inbound.ts";
import { JOURNAL_MUTATIONS } from "./journal.ts";
import { OUTBOUND_MUTATIONS } from "./outbound.ts";
import { RECEIVING_MUTATIONS } from "./receiving.ts";

/** Faults in code that ensures a guarantee. The simulation must find each of them. */
export const MUTATIONS: readonly Mutation[] = [
  ...JOURNAL_MUTATIONS,
  ...INBOUND_MUTATIONS,
  ...RECEIVING_MUTATIONS,
  ...OUTBOUND_MUTATIONS,
  ...CALL_MUTATIONS,
  ...ALARM_MUTATIONS,
];
