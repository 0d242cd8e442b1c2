/** Two forms of a mobile number, each with the part that both have in its last group. */
interface Forms {
  readonly long: RegExp;
  readonly short: RegExp;
  /** What the long form has between the two groups. */
  readonly between: string;
}

/**
 * Countries that changed their mobile numbers. WhatsApp, and some networks, still give the form of before the change.
 * Brazil put a 9 before the eight digits of mobile numbers, which began with 6 to 9; Mexico dropped a 1 and Argentina
 * has a 9 after the country's code.
 */
const FORMS: readonly Forms[] = [
  { long: /^(\+55[1-9][1-9])9([6-9]\d{7})$/, short: /^(\+55[1-9][1-9])([6-9]\d{7})$/, between: "9" },
  { long: /^(\+52)1([2-9]\d{9})$/, short: /^(\+52)([2-9]\d{9})$/, between: "1" },
  { long: /^(\+54)9([1-8]\d{9})$/, short: /^(\+54)([1-8]\d{9})$/, between: "9" },
];

/** The other form of an address such as `+5215512345678` or `whatsapp:+525512345678`; null where there is none. */
export function alternativeForm(address: string): string | null {
  const [, channel = "", number = ""] = /^((?:whatsapp:|rcs:)?)(\+\d+)$/i.exec(address) ?? [];
  for (const { long, short, between } of FORMS) {
    const [, code, rest] = long.exec(number) ?? [];
    if (code !== undefined && rest !== undefined) return `${channel}${code}${rest}`;
    const [, before, after] = short.exec(number) ?? [];
    if (before !== undefined && after !== undefined) return `${channel}${before}${between}${after}`;
  }
  return null;
}

/**
 * The form of an address in which its person was heard last, else the address as it is.
 *
 * @param heardAt when something last came from exactly this address, in milliseconds since 1970; null if never
 */
export function lastUsedForm(address: string, heardAt: (address: string) => number | null): string {
  const other = alternativeForm(address);
  if (other === null) return address;
  const [ofThis, ofOther] = [heardAt(address), heardAt(other)];
  return ofOther !== null && ofOther > (ofThis ?? -Infinity) ? other : address;
}
