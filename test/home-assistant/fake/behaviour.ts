import type { Pings } from "../../supervisor/ping-as-supervisor.ts";
import type { FakeUser } from "./fake-user.ts";

/** How it behaves at the next connections; each is what Core or Supervisor was seen to do. */
export interface Behaviour {
  /** Supervisor's answer to the upgrade until Core runs. */
  refuseUpgrade?: boolean;
  /** Takes the socket and says nothing. */
  silent?: boolean;
  authInvalid?: boolean;
  /** Supervisor says `auth_ok` before it has reached Core. */
  closeAfterAuth?: boolean;
  ignorePings?: boolean;
  refuseSubscriptions?: boolean;
  /** Ends the next subscription right after its success. */
  endNextSubscription?: boolean;
  /** Never answers a close. */
  ignoreClose?: boolean;
  /** Takes events without ever answering. */
  ignoreEvents?: boolean;
  state?: "STARTING" | "RUNNING";
  /** Its users; the owner alone without this. */
  users?: readonly FakeUser[];
  /** The house's language; English without it. */
  language?: string;
  /** Answers given at one moment come in one frame, as the client allows Core to. */
  coalesce?: boolean;
  /** The actions `notify.<name>` that there are; without it any. */
  notifyActions?: readonly string[];
  /** Supervisor pings and drops whoever does not answer. */
  pings?: Pings;
}
