/** Source: nationalnanpa.com, codes in service. */
const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)\d{7}$/;

export function isTollFree(number: string): boolean {
  return TOLL_FREE.test(number);
}

/** A ten-digit number of the US or Canada, to which A2P 10DLC applies where it writes to the US. */
export function isLongCode(number: string): boolean {
  return /^\+1\d{10}$/.test(number) && !isTollFree(number);
}
