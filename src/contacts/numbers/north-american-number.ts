/** Matches the toll-free numbers of the US and Canada. Source: nationalnanpa.com, codes in service. */
const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)\d{7}$/;

/** Whether a number in E.164 is a toll-free number of the US or Canada. */
export function isTollFree(number: string): boolean {
  return TOLL_FREE.test(number);
}

/**
 * Whether a number in E.164 has ten digits after the calling code 1 and is not toll-free. Besides the US and Canada,
 * some Caribbean countries have such numbers. Twilio requires A2P 10DLC for messages from a number of the US or Canada
 * to the US.
 */
export function isLongCode(number: string): boolean {
  return /^\+1\d{10}$/.test(number) && !isTollFree(number);
}
