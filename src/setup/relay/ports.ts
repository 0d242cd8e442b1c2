import type { ListAnswer } from "../../domain/list-answer.ts";

/** An Environment of Twilio's Functions: the domain at which Twilio runs them, and the build that runs. */
export interface FunctionEnvironment {
  /** The SID of the Environment, `ZE…`. */
  readonly sid: string;
  /** The domain, such as `home-assistant-0123abcd-1234.twil.io`. */
  readonly domain: string;
  /** The SID of the build that runs, `ZB…`; null if nothing has been deployed. */
  readonly build: string | null;
}

export interface EnvironmentVariable {
  readonly sid: string;
  readonly value: string;
}

/**
 * The account's Functions at Twilio. If a request fails, methods reject with a `CloudRequestError`. The methods `find…`
 * return null if nothing has this name.
 */
export interface FunctionHosting {
  /** Finds a Service (a group of Functions) by its name, and returns its SID, `ZS…`. */
  findService(name: string): Promise<string | null>;
  createService(name: string): Promise<string>;
  /** Deletes a Service with everything in it. Does nothing if it does not exist. */
  removeService(service: string): Promise<void>;
  findEnvironment(service: string): Promise<FunctionEnvironment | null>;
  createEnvironment(service: string): Promise<FunctionEnvironment>;
  /** Reads the variables of an Environment, by their names. */
  variables(service: string, environment: string): Promise<ReadonlyMap<string, EnvironmentVariable>>;
  createVariable(service: string, environment: string, name: string, value: string): Promise<void>;
  /** Changes the value of a variable. `variable`: its SID. Functions get the new value after the next deployment. */
  updateVariable(service: string, environment: string, variable: string, value: string): Promise<void>;
  /** Lists the Functions of a Service: their SIDs by the paths for which they were created. */
  functions(service: string): Promise<ReadonlyMap<string, string>>;
  createFunction(service: string, path: string): Promise<string>;
  /** Uploads a new version of a Function, and returns this version's SID, `ZN…`. */
  upload(service: string, functionSid: string, path: string, source: string): Promise<string>;
  createBuild(service: string, versions: readonly string[]): Promise<string>;
  buildState(service: string, build: string): Promise<"building" | "completed" | "failed">;
  /** Reads the source texts of the Functions in a build, by the Functions' paths. */
  builtSources(service: string, build: string): Promise<ReadonlyMap<string, string>>;
  deploy(service: string, environment: string, build: string): Promise<void>;
}

/** Sync (stored data) of the account at Twilio. If a request fails, methods reject with a `CloudRequestError`. */
export interface SyncHosting {
  /** Finds a Sync service by its name, and returns its SID, `IS…`. */
  findService(name: string): Promise<string | null>;
  createService(name: string): Promise<string>;
  /** Deletes a Sync service (stored data at Twilio). Does nothing if it does not exist. */
  removeService(service: string): Promise<void>;
  /** The URL at which the relay reads the documents (the app's answers) of a Sync service. */
  documentsUrl(service: string): string;
}

/** The public URL of a webhook of Home Assistant. Twilio can post to this URL. */
export type HouseAddress =
  | { readonly kind: "cloudhook"; readonly url: string }
  | { readonly kind: "external_url"; readonly url: string };

/**
 * Why the webhook has no public URL. `no_address`: Home Assistant has neither its Cloud nor an external URL.
 * `no_cloudhook`: a user is logged in to Home Assistant Cloud, but no cloudhook can be created. For example, Home
 * Assistant is not connected to its Cloud.
 */
export type MissingAddress = "no_address" | "no_cloudhook";

/** The webhook of Home Assistant to which the relay posts. All methods reject if Home Assistant does not answer. */
export interface HouseWebhook {
  /**
   * Identifies this Home Assistant. The ID stays the same after a restart, an update, or the restoring of a backup. It
   * is the ID of the user to whom the app's token belongs, so another user's token changes it.
   */
  installationId(): Promise<string>;
  /** Which kind of public URL the webhook can have; null if Home Assistant has none. Creates nothing. */
  hasAddress(): Promise<HouseAddress["kind"] | null>;
  /**
   * The public URL of the webhook, or why it has none. With Home Assistant Cloud, a cloudhook is created if there is
   * none.
   */
  address(webhookId: string): Promise<HouseAddress | MissingAddress>;
  /** Whether Home Assistant has this webhook, accepts requests from the internet at it, and passes them to the app. */
  isRegistered(webhookId: string): Promise<boolean>;
  /** Deletes the cloudhook of this webhook, if it has one. */
  remove(webhookId: string): Promise<void>;
}

/** Tests the whole way from Twilio to the app and back, by a request that the app itself signs. */
export interface RelayProbe {
  /** Sends one test request to the relay. If the test fails, `reason` says why, in a sentence. Never rejects. */
  test(
    domain: string,
  ): Promise<{ readonly ok: true; readonly ms: number } | { readonly ok: false; readonly reason: string }>;
}

/** One item on Twilio's bill for the relay. */
export interface RelayUsage {
  /** The counted unit in Twilio's words, such as `Sync Actions`. */
  readonly what: string;
  /** The used amount with its unit. */
  readonly amount: string;
  /** The cost of the used amount, with the currency. */
  readonly price: string;
}

/** Reads what the account's Functions and Sync have cost in this month. Never rejects. */
export interface RelayUsageSource {
  thisMonth(): Promise<ListAnswer<RelayUsage>>;
}
