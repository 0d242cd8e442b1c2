import type { AlarmCallControl } from "../../alarms/ports.ts";
import type { LiveCalls } from "../../calls/ports.ts";
import type { Clock } from "../../domain/clock.ts";
import type { FetchPrice } from "../../domain/price.ts";
import type { Transport } from "../../domain/transport.ts";
import type { LearnableAddress, MessageLists, MissedItems } from "../../inbound/ports.ts";
import type { TwilioClock } from "../../inbound/relay/ports.ts";
import type { FetchTwilioMedia } from "../../media/ports.ts";
import type { MessageSender, RecordingSource } from "../../outbound/ports.ts";
import type { AccountNumbers, AccountProbe } from "../../setup/ports.ts";
import type { RelayUsageSource } from "../../setup/relay/ports.ts";
import { createRecordingFetcher } from "../media/fetch-recording.ts";
import { createTwilioMedia } from "../media/fetch.ts";
import { createCloudClient } from "../relay/cloud-client.ts";
import type { CloudClient } from "../relay/cloud-client.ts";
import { createRelayUsage } from "../relay/relay-usage.ts";
import { createTwilioApi, type AccountCredentials, type TwilioApi } from "../rest/client.ts";
import type { HttpClient } from "../rest/http-client.ts";
import { createAlarmCallControl } from "../send/alarm-calls.ts";
import { createLiveCalls } from "../send/live-calls.ts";
import { createSender, type CreateSenderOptions } from "../send/sender.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";
import { createDefaultSender, type DefaultSender } from "./default-sender.ts";
import { describeAccount } from "./describe.ts";
import { createAccountLists, type AccountLists } from "./lists.ts";
import { createMessageLists } from "./message-lists.ts";
import type { OwnRelay } from "./message-lists.ts";
import { createMissedItems } from "./missed-items.ts";
import { newestFailure } from "./newest-failure.ts";
import { createAccountNumbers } from "./number-webhooks.ts";
import { createPriceFetcher } from "./price.ts";

export interface TwilioAccountOptions {
  readonly credentials: AccountCredentials;
  /** The keys with which the account's webhooks are signed: Twilio's auth tokens, or a provider's secret. */
  readonly signatureTokens: readonly string[];
  /** Sends the requests to Twilio's REST API. Media files are fetched over other connections. */
  readonly httpClient: HttpClient;
  /** Twilio's present time, measured from the `Date` header in answers to requests of the REST API. */
  readonly twilioClock: TwilioClock;
  readonly transport: Transport;
  readonly clock: Clock;
}

/** One account at Twilio or at a compatible provider. Each feature sees only the interface in its own `ports.ts`. */
export interface TwilioAccount extends AccountLists, RecordingSource, AccountProbe {
  readonly sid: string;
  readonly signatureTokens: readonly string[];
  /** Loads the client of the REST API at the first call, and returns it. */
  readonly api: () => Promise<TwilioApi>;
  /**
   * Creates the sender of messages and calls. If a request names no sender, the account's only capable number is used.
   */
  createSender(
    parts: Pick<CreateSenderOptions, "publicAddress" | "publishMedia" | "talkAddress">,
  ): MessageSender;
  /**
   * Lists messages and calls that Twilio received while the app was away (the backfill). Considers only numbers whose
   * webhook URL is below one of the bases (public URLs of the app) in `address`.
   */
  missedItems(address: Pick<LearnableAddress, "bases">): MissedItems;
  /**
   * Creates the functions with which polling reads messages from Twilio's list. A webhook URL below one of the bases in
   * `address` belongs to the app. Returns null at a compatible provider, which the app does not poll.
   */
  messageLists(address: Pick<LearnableAddress, "bases">, relay: OwnRelay): MessageLists | null;
  /**
   * Reads the status of calls in progress, and redirects them to the app: to the URL that `talkAddress` makes below
   * `publicAddress`.
   */
  liveCalls(publicAddress: () => string | null, talkAddress: WriteTalkAddress): LiveCalls;
  /** Finds the sender for a request that names no sender. */
  readonly defaultSender: DefaultSender;
  /** Cancels and hangs up calls of alarms, or gives them another text to say. */
  alarmCalls(publicAddress: () => string | null, talkAddress: WriteTalkAddress): AlarmCallControl;
  /** Reads and changes the webhook settings of the account's numbers. */
  readonly numberWebhooks: AccountNumbers;
  readonly relayUsage: RelayUsageSource;
  /** Sends requests to the account's Functions and Sync, on which the webhook relay runs. */
  readonly cloud: CloudClient;
  /** Fetches the files of messages and the recordings of calls. */
  readonly fetchMedia: FetchTwilioMedia;
  readonly fetchPrice: FetchPrice;
}

/** Creates the parts of the app that use one account. Creating them sends no request. */
export function createTwilioAccount(options: TwilioAccountOptions): TwilioAccount {
  const { credentials, signatureTokens, httpClient, twilioClock, transport, clock } = options;
  const api = createTwilioApi(credentials, httpClient);
  const lists = createAccountLists(api, twilioClock);
  const defaultSender = createDefaultSender(lists.numbers, clock);
  return {
    ...lists,
    sid: credentials.accountSid,
    signatureTokens,
    api,
    defaultSender,
    createSender: ({ publicAddress, publishMedia, talkAddress }) =>
      createSender({ api, defaultSender, publicAddress, publishMedia, talkAddress }),
    fetchRecording: createRecordingFetcher(api),
    missedItems: (address) => createMissedItems(api, lists.numbers, address),
    messageLists: (address, relay) =>
      credentials.apiBaseUrl === null
        ? createMessageLists({ api, twilioClock, clock, address, relay })
        : null,
    liveCalls: (publicAddress, talkAddress) => createLiveCalls(api, publicAddress, talkAddress),
    alarmCalls: (publicAddress, talkAddress) => createAlarmCallControl(api, publicAddress, talkAddress),
    numberWebhooks: createAccountNumbers(api),
    relayUsage: createRelayUsage(api),
    cloud: createCloudClient(credentials, httpClient),
    describe: () => describeAccount(api),
    newestFailure: (base, since) => newestFailure({ api, twilioClock }, base, since),
    fetchMedia: createTwilioMedia(credentials, { transport, clock }),
    fetchPrice: createPriceFetcher(api),
  };
}
