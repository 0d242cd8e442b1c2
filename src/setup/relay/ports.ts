import type { ListAnswer } from "../../domain/list-answer.ts";

/** An Environment of a Service: what Twilio runs at one domain. */
export interface FunctionEnvironment {
  /** `ZE…` */
  readonly sid: string;
  /** Such as `home-assistant-0123abcd-1234.twil.io`. */
  readonly domain: string;
  /** What is deployed there, `ZB…`; null for nothing yet. */
  readonly build: string | null;
}

export interface EnvironmentVariable {
  readonly sid: string;
  readonly value: string;
}

/**
 * Twilio Functions of the account. Every method rejects with a `CloudRequestError`. What is asked for by name is null
 * where there is none.
 */
export interface FunctionHosting {
  /** `ZS…` */
  findService(name: string): Promise<string | null>;
  createService(name: string): Promise<string>;
  /** Deletes it with all that it holds; does nothing where there is none. */
  removeService(service: string): Promise<void>;
  findEnvironment(service: string): Promise<FunctionEnvironment | null>;
  createEnvironment(service: string): Promise<FunctionEnvironment>;
  /** By name. */
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
  /** Sources by path. */
  builtSources(service: string, build: string): Promise<ReadonlyMap<string, string>>;
  deploy(service: string, environment: string, build: string): Promise<void>;
}

/** Twilio Sync of the account. Every method rejects with a `CloudRequestError`. */
export interface SyncHosting {
  /** `IS…`, by the name that it was created with. */
  findService(name: string): Promise<string | null>;
  createService(name: string): Promise<string>;
  /** Does nothing where there is none. */
  removeService(service: string): Promise<void>;
  /** Where the Function finds the documents of a service. */
  documentsUrl(service: string): string;
}

/** Where Twilio reaches a webhook of Home Assistant's from outside. */
export type HouseAddress =
  | { readonly kind: "cloudhook"; readonly url: string }
  | { readonly kind: "external_url"; readonly url: string };

/** Home Assistant's webhook for the relay. Every method rejects while Home Assistant is away. */
export interface HouseWebhook {
  /** What tells this Home Assistant from every other: the same after a restart, an update and a restored backup. */
  installationId(): Promise<string>;
  /** Which way there is from outside, without creating anything. */
  hasAddress(): Promise<HouseAddress["kind"] | null>;
  /**
   * The webhook's public URL. With Home Assistant Cloud, a cloudhook is created if there is none. Null without Home
   * Assistant Cloud and external URL.
   */
  address(webhookId: string): Promise<HouseAddress | null>;
  /** Whether Home Assistant lets Twilio post to this webhook and passes the relay's notes to the app. */
  isRegistered(webhookId: string): Promise<boolean>;
  /** Takes the cloudhook away, where there is one. */
  remove(webhookId: string): Promise<void>;
}

/** Tries the way from Twilio's cloud to the app and back, with a request that the app itself has signed. */
export interface RelayProbe {
  /** Never rejects. `reason`: a sentence. */
  test(
    domain: string,
  ): Promise<{ readonly ok: true; readonly ms: number } | { readonly ok: false; readonly reason: string }>;
}

/** One kind of use that Twilio charges for. */
export interface RelayUsage {
  /** Twilio's words, such as `Sync Actions`. */
  readonly what: string;
  /** With its unit. */
  readonly amount: string;
  /** With its currency. */
  readonly price: string;
}

/** What the account's Functions and Sync have cost in this month. Never rejects. */
export interface RelayUsageSource {
  thisMonth(): Promise<ListAnswer<RelayUsage>>;
}
