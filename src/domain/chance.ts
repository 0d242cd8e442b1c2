/**
 * The only source of randomness in the app's code. Code in `app/` implements it with Node's generators, and the
 * simulation with a seeded one. Lint forbids every other source. Only SQLite has its own source, for the keys of
 * conversations.
 */
export interface Chance {
  /** Returns a random number from 0 (included) to 1 (excluded), for jitter and never for a secret. */
  number(): number;
  /** Returns a random UUID, such as `36b8f84d-df4e-4d49-b662-bcde71a8764f`, for IDs that must be unique. */
  uuid(): string;
  /** Returns `count` random bytes, for keys and tokens. */
  bytes(count: number): Buffer;
}
