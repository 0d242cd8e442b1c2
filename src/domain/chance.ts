/**
 * All chance of the app. `app/` passes the machine's in, which nobody can guess; a simulation passes one that follows
 * from a seed. Lint forbids every other source of chance.
 */
export interface Chance {
  /** At least 0 and below 1. For jitter; never for a secret. */
  number(): number;
  /** A UUID of version 4, such as `36b8f84d-df4e-4d49-b662-bcde71a8764f`, for ids that must be unique. */
  uuid(): string;
  /** So many bytes, for keys and tokens. */
  bytes(count: number): Buffer;
}
