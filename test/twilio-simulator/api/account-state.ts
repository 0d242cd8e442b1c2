/** The state of an account at Twilio: its type, alerts, registrations and permissions. Tests change it. */
export interface AccountState {
  type: "Full" | "Trial";
  /** The newest alert is the last one. */
  readonly alerts: Alert[];
  readonly brands: ("APPROVED" | "PENDING")[];
  readonly services: MessagingService[];
  /** The senders of channels such as WhatsApp. */
  readonly senders: ChannelSender[];
  /** The state of each toll-free verification, by number. */
  readonly tollFree: Map<string, "PENDING_REVIEW" | "IN_REVIEW" | "TWILIO_APPROVED" | "TWILIO_REJECTED">;
  /** Whether calls to a country are allowed, by ISO code. */
  readonly dialing: Map<string, boolean>;
  /** Whether the credentials allow only messages, calls and numbers, as a restricted API key does. */
  isRestricted: boolean;
}

export interface Alert {
  readonly code: number;
  readonly url: string;
  readonly at: Date;
}

export interface MessagingService {
  readonly sid: string;
  readonly numbers: readonly string[];
  /** Whether the webhook of the service, and not that of the number, receives messages to the number. */
  readonly decides?: boolean;
  /** The statuses of its campaigns. Twilio may add new statuses. */
  readonly campaigns: readonly string[];
}

export interface ChannelSender {
  /** The address of the sender, such as `whatsapp:+…`. */
  readonly address: string;
  /** The URL to which its messages are reported, or an empty text. */
  readonly callbackUrl: string;
}

/** The state of an account without registrations, which may call the US and Germany. */
export function initialAccountState(type: AccountState["type"]): AccountState {
  const dialing = new Map([
    ["US", true],
    ["DE", true],
  ]);
  return {
    type,
    alerts: [],
    brands: [],
    services: [],
    senders: [],
    tollFree: new Map(),
    dialing,
    isRestricted: false,
  };
}
