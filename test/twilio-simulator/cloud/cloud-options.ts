/** What goes wrong with one request to Twilio's Serverless or Sync API. */
export type CloudFault =
  /** Twilio refuses, and does nothing. */
  | { readonly kind: "refuse"; readonly status: number; readonly code: number; readonly message: string }
  /** Twilio does what it was asked to, and answers with an error of its own. */
  | { readonly kind: "fail_after_acting" }
  /** Twilio answers with an error of its own, and does nothing. */
  | { readonly kind: "fail" }
  | { readonly kind: "too_many"; readonly retryAfter?: string };

/** A request, as faults and tests see it. `path` begins with `/v1`. */
export interface CloudRequest {
  readonly api: "serverless" | "upload" | "sync";
  readonly method: string;
  readonly path: string;
  readonly form: Readonly<Record<string, string | string[]>>;
}

/** Which requests of a kind fail, and how often. */
export interface PlannedFault {
  readonly matches: (request: CloudRequest) => boolean;
  readonly fault: CloudFault;
  times: number;
}
