/** A person the user named; `number` as the option gives it, tidied to `+…` where it is international. */
export interface Contact {
  readonly name: string;
  readonly number: string;
}
