/**
 * The only source of randomness in the app. `app/` passes a secure one; a simulation passes one with a seed. Lint forbids
 * every other source.
 */
export interface Chance {
  /** A number of at least 0 and below 1, for jitter and never for a secret. */
  number(): number;
  /** A UUID of version 4, such as `36b8f84d-df4e-4d49-b662-bcde71a8764f`, for ids that must be unique. */
  uuid(): string;
  /** `count` random bytes, for keys and tokens. */
  bytes(count: number): Buffer;
}
