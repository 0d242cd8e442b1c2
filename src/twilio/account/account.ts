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
import { createMissedItems } from "./missed-items.ts";
import { newestFailure } from "./newest-failure.ts";
import { createAccountNumbers } from "./number-webhooks.ts";
import { createPriceFetcher } from "./price.ts";

export interface TwilioAccountOptions {
  readonly credentials: AccountCredentials;
  /** The keys of the account's webhooks: its auth tokens, or a provider's secret. */
  readonly signatureTokens: readonly string[];
  /** Sends requests to the REST API. Media files have their own connections. */
  readonly httpClient: HttpClient;
  /** Twilio's clock, measured from the answers to the REST client's requests. */
  readonly twilioClock: TwilioClock;
  readonly transport: Transport;
  readonly clock: Clock;
}

/** One account at Twilio or at a compatible provider. Features use it through their ports only. */
export interface TwilioAccount extends AccountLists, RecordingSource, AccountProbe {
  readonly sid: string;
  readonly signatureTokens: readonly string[];
  /** The REST API, loaded when it is first used. */
  readonly api: () => Promise<TwilioApi>;
  /** Creates the sender. Without a number in a request, it uses the account's only capable number. */
  createSender(
    parts: Pick<CreateSenderOptions, "publicAddress" | "publishMedia" | "talkAddress">,
  ): MessageSender;
  /** Lists messages and calls to numbers whose webhook URL belongs to one of the bases of `address`. */
  missedItems(address: Pick<LearnableAddress, "bases">): MissedItems;
  /**
   * Lists messages for polling, and the numbers whose webhook URL belongs to one of the bases of `address`. Null at a compatible provider, which is not polled.
   */
  messageLists(address: Pick<LearnableAddress, "bases">, relayBase: () => string | null): MessageLists | null;
  /** Reads and redirects calls in progress. Their next instruction is at `talkAddress` below `publicAddress`. */
  liveCalls(publicAddress: () => string | null, talkAddress: WriteTalkAddress): LiveCalls;
  /** Finds the sender for a request without one. */
  readonly defaultSender: DefaultSender;
  /** Ends and redirects the calls of alarms. */
  alarmCalls(publicAddress: () => string | null, talkAddress: WriteTalkAddress): AlarmCallControl;
  /** Reads and writes the webhook settings of the account's numbers. */
  readonly numberWebhooks: AccountNumbers;
  readonly relayUsage: RelayUsageSource;
  /** The account's Functions and Sync. */
  readonly cloud: CloudClient;
  /** Fetches files of the account's messages and calls. */
  readonly fetchMedia: FetchTwilioMedia;
  readonly fetchPrice: FetchPrice;
}

/** Creates everything that the app does with one account. Creating sends no request. */
export function createTwilioAccount(options: TwilioAccountOptions): TwilioAccount {
  const { credentials, signatureTokens, httpClient, twilioClock, transport, clock } = options;
  const api = createTwilioApi(credentials, httpClient);
  const lists = createAccountLists(api);
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
    messageLists: (address, relayBase) =>
      credentials.apiBaseUrl === null
        ? createMessageLists({ api, twilioClock, clock, address, relayBase })
        : null,
    liveCalls: (publicAddress, talkAddress) => createLiveCalls(api, publicAddress, talkAddress),
    alarmCalls: (publicAddress, talkAddress) => createAlarmCallControl(api, publicAddress, talkAddress),
    numberWebhooks: createAccountNumbers(api),
    relayUsage: createRelayUsage(api),
    cloud: createCloudClient(credentials, httpClient),
    describe: () => describeAccount(api),
    newestFailure: (base, since) => newestFailure(api, base, since),
    fetchMedia: createTwilioMedia(credentials, { transport, clock }),
    fetchPrice: createPriceFetcher(api),
  };
}
