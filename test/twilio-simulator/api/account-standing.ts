/** How an account stands with Twilio, the networks and the countries; a test changes it as it goes. */
export interface AccountStanding {
  type: "Full" | "Trial";
  /** Newest last. */
  readonly alerts: Alert[];
  readonly brands: ("APPROVED" | "PENDING")[];
  readonly services: MessagingService[];
  /** Of channels such as WhatsApp. */
  readonly senders: ChannelSender[];
  /** By number. */
  readonly tollFree: Map<string, "PENDING_REVIEW" | "IN_REVIEW" | "TWILIO_APPROVED" | "TWILIO_REJECTED">;
  /** Countries that may be called. */
  readonly dialing: Map<string, boolean>;
  /** Beside messages, calls and numbers the credentials may ask nothing, as with a restricted API key. */
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
  /** Whether it, and not the number, says where a message to the number goes. */
  readonly decides?: boolean;
  /** Of its campaigns; Twilio's words for it are no closed list. */
  readonly campaigns: readonly string[];
}

export interface ChannelSender {
  /** Such as `whatsapp:+…`. */
  readonly address: string;
  /** Where its messages are reported; empty for nowhere. */
  readonly callbackUrl: string;
}

export function goodStanding(type: AccountStanding["type"]): AccountStanding {
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
