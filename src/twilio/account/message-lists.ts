import type { Clock } from "../../domain/clock.ts";
import type { ListedMessage, SentMessage } from "../../inbound/polling/listed-message.ts";
import type { MessageNumber, MessageReceiver } from "../../inbound/polling/message-number.ts";
import type { LearnableAddress, MessageFile, MessageLists } from "../../inbound/ports.ts";
import type { TwilioClock } from "../../inbound/relay/ports.ts";
import { twilioNow } from "../../inbound/twilio-time.ts";
import { isWebhookOf, numberState } from "../../setup/number-webhooks.ts";
import type { NumberWebhooks } from "../../setup/number-webhooks.ts";
import type { TwilioApi } from "../rest/client.ts";
import { tryList } from "../rest/outcome.ts";
import { messageFields, present, type ListedMessageFields } from "./listed-fields.ts";
import { readMessagesSince } from "./message-pages.ts";
import { numbersOf, servicesInCharge } from "./number-webhooks.ts";

/**
 * The host of the webhook URL that Twilio enters for a new number. A number with this URL is not in use, because Twilio
 * answers its messages with a demo text.
 */
const DEMO_HOST = "demo.twilio.com";
const CHANNELS = ["whatsapp", "rcs"] as const;
const MOST_SENDERS = 100;
/** How many files of a message the app lists. A message has at most ten. */
const MOST_FILES = 20;
/**
 * The beginning of the URLs of media files. In every region, the URLs in Twilio's webhooks begin with it. So the app
 * makes URLs with the same beginning for the files of polled messages.
 */
const FILES_ORIGIN = "https://api.twilio.com";
const MOST_SERVICES = 100;
/**
 * The resolution of Twilio's dates, in milliseconds. The time from which messages are read is a whole second, because
 * otherwise the read would leave out earlier messages of that second.
 */
const RESOLUTION_MS = 1_000;
/** The beginning of the unique name of a relay's Serverless service. Each installation's relay has such a name. */
const RELAY_NAME = "home-assistant-";

export interface MessageListsOptions {
  readonly api: () => Promise<TwilioApi>;
  readonly twilioClock: TwilioClock;
  readonly clock: Pick<Clock, "now">;
  /** The app's public addresses. A webhook URL below one of them belongs to this app. */
  readonly address: Pick<LearnableAddress, "bases">;
  readonly relay: OwnRelay;
}

/** The app's own webhook relay in the account. */
export interface OwnRelay {
  /** Its public address; null while there is no relay. */
  base(): string | null;
  /** The name of its Services at Twilio, also after a set-up that failed half-way; null if it is not known. */
  name(): string | null;
}

/** Creates the functions with which polling asks Twilio for numbers and messages. Their promises never reject. */
export function createMessageLists(options: MessageListsOptions): MessageLists {
  const { api, twilioClock, clock, address, relay } = options;
  return {
    now() {
      const at = twilioNow(clock, twilioClock);
      return at - (at % RESOLUTION_MS);
    },
    async numbers() {
      const places = { bases: address.bases(), relay: relay.base() };
      const [services, senders] = await Promise.all([
        tryList(async () => [...(await servicesInCharge(await api()))]),
        listSenders(api, places),
      ]);
      if (services.kind === "away") return services;
      const areServicesKnown = services.kind === "listed";
      return await tryList(async () => {
        const inCharge = new Map(areServicesKnown ? services.items : []);
        const numbers = await numbersOf(await api(), inCharge);
        return [
          ...numbers
            .filter(({ messages }) => messages)
            .map((one) => messageNumber(one, places, areServicesKnown)),
          ...senders,
        ];
      });
    },
    relaysOfOthers: () =>
      tryList(async () => {
        const { rest } = await api();
        const services = (await rest?.serverless.v1.services.list({ limit: MOST_SERVICES })) ?? [];
        // The domain of a relay begins with the relay's name.
        const isOwn = (name: string): boolean =>
          name === relay.name() || relay.base()?.startsWith(`https://${name}-`) === true;
        return services
          .map(({ uniqueName }) => uniqueName ?? "")
          .filter((name) => name.startsWith(RELAY_NAME) && !isOwn(name));
      }),
    messagesSince: (since) =>
      tryList(async () => (await readMessagesSince(await api(), since)).map(listedMessage)),
    sentMessage: (sid) =>
      tryList(async () => {
        const { account } = await api();
        return [sentMessage(await account.messages(sid).fetch())];
      }),
    mediaOf: (sid) =>
      tryList(async () => {
        const { account } = await api();
        const files = await account.messages(sid).media.list({ limit: MOST_FILES });
        return files.map(({ uri, contentType }): MessageFile => ({
          url: `${FILES_ORIGIN}${uri.replace(/\.json$/, "")}`,
          contentType,
        }));
      }),
  };
}

/** The URLs below which the app receives webhooks. */
interface Places {
  readonly bases: readonly string[];
  /** The relay's URL, which `bases` contain as well; null while the app has no relay. */
  readonly relay: string | null;
}

function messageNumber(number: NumberWebhooks, places: Places, areServicesKnown: boolean): MessageNumber {
  return { address: number.number, receiver: receiverOf(number, places, areServicesKnown), isSender: false };
}

function receiverOf(number: NumberWebhooks, places: Places, areServicesKnown: boolean): MessageReceiver {
  switch (numberState(number, places.bases).messages) {
    case "ours":
      return wayOf(number.settings.smsUrl, places);
    case "overruled":
    case "unable":
      return "others";
    case "other":
      if (number.settings.smsApplicationSid !== "" || !isDemo(number.settings.smsUrl)) return "others";
      break;
    case "empty":
      break;
  }
  return areServicesKnown ? "nobody" : "unknown";
}

/** Whether the URL of a number's webhook leads to the app's own port or to its relay. */
function wayOf(url: string, { relay }: Places): "us" | "relay" {
  return relay !== null && isWebhookOf([relay], url) ? "relay" : "us";
}

function isDemo(url: string): boolean {
  return URL.parse(url)?.hostname === DEMO_HOST;
}

/**
 * Lists the senders of WhatsApp and RCS. Leaves out the senders that Twilio does not list, for example because the
 * credentials do not allow it. The list only lets the user choose senders for polling; numbers are polled without it.
 */
async function listSenders(api: () => Promise<TwilioApi>, places: Places): Promise<MessageNumber[]> {
  const answers = await Promise.all(
    CHANNELS.map((channel) =>
      tryList(async () => {
        const { rest } = await api();
        return (await rest?.messaging.v2.channelsSenders.list({ channel, limit: MOST_SENDERS })) ?? [];
      }),
    ),
  );
  return answers.flatMap((answer) =>
    answer.kind !== "listed"
      ? []
      : answer.items.map(({ senderId, webhook }) => ({
          address: senderId,
          receiver: senderReceiver(webhook?.callbackUrl ?? "", places),
          isSender: true,
        })),
  );
}

function senderReceiver(url: string, places: Places): MessageReceiver {
  if (url === "") return "nobody";
  return isWebhookOf(places.bases, url) ? wayOf(url, places) : "others";
}

/** A message, as Twilio's client returns it. */
interface Message extends ListedMessageFields {
  readonly status: string;
  readonly direction: string;
  readonly dateCreated: Date;
  readonly errorCode: number | null;
  readonly errorMessage: string | null;
}

function listedMessage(message: Message): ListedMessage {
  const { sid, status, direction, dateCreated: createdAt, to, numMedia } = message;
  if (direction !== "inbound") return sentMessage(message);
  if (status !== "received") return { kind: "unfinished", sid, createdAt };
  const fields = messageFields(message);
  return { kind: "message", sid, createdAt, to, mediaCount: Number(numMedia ?? 0), fields };
}

function sentMessage({ sid, status, from, to, dateCreated, errorCode, errorMessage }: Message): SentMessage {
  const error = { ErrorCode: errorCode ? String(errorCode) : null, ErrorMessage: errorMessage };
  const fields = present({ MessageSid: sid, MessageStatus: status, From: from, To: to, ...error });
  return { kind: "sent", sid, createdAt: dateCreated, fields };
}
