/** The fault of one request to Twilio's Serverless or Sync API. */
export type CloudFault =
  /** Twilio refuses the request, and does nothing. */
  | { readonly kind: "refuse"; readonly status: number; readonly code: number; readonly message: string }
  /** Twilio does what was requested, and answers with an internal error. */
  | { readonly kind: "fail_after_acting" }
  /** Twilio answers with an internal error, and does nothing. */
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
