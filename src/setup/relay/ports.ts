import type { ListAnswer } from "../../domain/list-answer.ts";

/** An Environment of a Service of Functions: the Functions that Twilio runs at one domain. */
export interface FunctionEnvironment {
  /** The SID of the Environment, `ZE…`. */
  readonly sid: string;
  /** The domain, such as `home-assistant-0123abcd-1234.twil.io`. */
  readonly domain: string;
  /** The SID of the deployed build, `ZB…`; null if nothing has been deployed. */
  readonly build: string | null;
}

export interface EnvironmentVariable {
  readonly sid: string;
  readonly value: string;
}

/**
 * Twilio Functions of the account. Every method rejects with a `CloudRequestError`. Methods that find a resource by
 * name return null if it does not exist.
 */
export interface FunctionHosting {
  /** The SID of a Service, `ZS…`, by its name. */
  findService(name: string): Promise<string | null>;
  createService(name: string): Promise<string>;
  /** Deletes a Service with everything in it. Does nothing if there is none. */
  removeService(service: string): Promise<void>;
  findEnvironment(service: string): Promise<FunctionEnvironment | null>;
  createEnvironment(service: string): Promise<FunctionEnvironment>;
  /** The variables of an Environment, by their names. */
  variables(service: string, environment: string): Promise<ReadonlyMap<string, EnvironmentVariable>>;
  createVariable(service: string, environment: string, name: string, value: string): Promise<void>;
  /** `variable`: the variable's SID. Takes effect when the Environment is deployed again. */
  updateVariable(service: string, environment: string, variable: string, value: string): Promise<void>;
  /** Lists the Functions: each one's SID, by the path that it was created for. */
  functions(service: string): Promise<ReadonlyMap<string, string>>;
  createFunction(service: string, path: string): Promise<string>;
  /** Uploads a version of a Function and returns the version's SID, `ZN…`. */
  upload(service: string, functionSid: string, path: string, source: string): Promise<string>;
  createBuild(service: string, versions: readonly string[]): Promise<string>;
  buildState(service: string, build: string): Promise<"building" | "completed" | "failed">;
  /** The source texts of the Functions in a build, by their paths. */
  builtSources(service: string, build: string): Promise<ReadonlyMap<string, string>>;
  deploy(service: string, environment: string, build: string): Promise<void>;
}

/** Twilio Sync of the account. Every method rejects with a `CloudRequestError`. */
export interface SyncHosting {
  /** The SID of a Sync service, `IS…`, by the name with which it was created. */
  findService(name: string): Promise<string | null>;
  createService(name: string): Promise<string>;
  /** Deletes a Sync service. Does nothing if there is none. */
  removeService(service: string): Promise<void>;
  /** The URL at which the Function finds the documents of a Sync service. */
  documentsUrl(service: string): string;
}

/** The public URL of a webhook of Home Assistant, to which Twilio can post. */
export type HouseAddress =
  | { readonly kind: "cloudhook"; readonly url: string }
  | { readonly kind: "external_url"; readonly url: string };

/** Home Assistant's webhook for the relay. Every method rejects while Home Assistant is away. */
export interface HouseWebhook {
  /** Identifies this Home Assistant. It stays the same after a restart, an update and the restoring of a backup. */
  installationId(): Promise<string>;
  /** The kind of public URL that the webhook can have; null if there is none. Creates nothing. */
  hasAddress(): Promise<HouseAddress["kind"] | null>;
  /**
   * The webhook's public URL. With Home Assistant Cloud, a cloudhook is created if there is none. Null without Home
   * Assistant Cloud and external URL.
   */
  address(webhookId: string): Promise<HouseAddress | null>;
  /** Whether Home Assistant lets Twilio post to this webhook and passes the relay's notes to the app. */
  isRegistered(webhookId: string): Promise<boolean>;
  /** Deletes the webhook's cloudhook, if there is one. */
  remove(webhookId: string): Promise<void>;
}

/** Tests the complete path from Twilio's cloud to the app and back, with a request that the app itself has signed. */
export interface RelayProbe {
  /** Sends one test request. `reason` is a sentence. Never rejects. */
  test(
    domain: string,
  ): Promise<{ readonly ok: true; readonly ms: number } | { readonly ok: false; readonly reason: string }>;
}

/** One kind of use that Twilio charges for. */
export interface RelayUsage {
  /** What is counted, in Twilio's words, such as `Sync Actions`. */
  readonly what: string;
  /** The counted amount, with its unit. */
  readonly amount: string;
  /** The price, with its currency. */
  readonly price: string;
}

/** Reads what the account's Functions and Sync have cost in this month. Never rejects. */
export interface RelayUsageSource {
  thisMonth(): Promise<ListAnswer<RelayUsage>>;
}
