import type { Pings } from "../../supervisor/ping-as-supervisor.ts";
import type { FakeUser } from "./fake-user.ts";

/**
 * How the fake Home Assistant behaves at the next connections. Core or Supervisor has shown each of these behaviours.
 */
export interface Behaviour {
  /** Whether Supervisor refuses the upgrade to a WebSocket, as before Core runs. */
  refuseUpgrade?: boolean;
  /** Whether the fake accepts connections and sends nothing. */
  silent?: boolean;
  authInvalid?: boolean;
  /** Whether the connection ends after `auth_ok`, which Supervisor sends before it has reached Core. */
  closeAfterAuth?: boolean;
  ignorePings?: boolean;
  refuseSubscriptions?: boolean;
  /** Whether the next subscription ends right after its success. */
  endNextSubscription?: boolean;
  /** Whether the fake never answers a close. */
  ignoreClose?: boolean;
  /** Whether the fake receives events and never answers. */
  ignoreEvents?: boolean;
  state?: "STARTING" | "RUNNING";
  /** The users of Home Assistant. Without this, the owner is the only one. */
  users?: readonly FakeUser[];
  /** The language of Home Assistant. Without this, it is English. */
  language?: string;
  /** Whether all answers of one moment come in one frame, as the client allows. */
  coalesce?: boolean;
  /** The existing actions `notify.<name>`. Without this, every name exists. */
  notifyActions?: readonly string[];
  /** How Supervisor sends pings. It drops clients that do not answer. */
  pings?: Pings;
}
