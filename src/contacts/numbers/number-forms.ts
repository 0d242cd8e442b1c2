/** Two patterns for the same mobile number. The last group of each pattern matches the digits that both forms have. */
interface Forms {
  readonly long: RegExp;
  readonly short: RegExp;
  /** The digits that only the long form has, between its two groups. */
  readonly between: string;
}

/**
 * Countries that changed their mobile numbers. WhatsApp and some networks still use the old form. Brazil added a 9 to
 * mobile numbers of eight digits that begin with 6 to 9. Mexico removed a 1 after the country's code. Argentina's
 * mobile numbers have a 9 after the country's code, which is often left out.
 */
const FORMS: readonly Forms[] = [
  { long: /^(\+55[1-9][1-9])9([6-9]\d{7})$/, short: /^(\+55[1-9][1-9])([6-9]\d{7})$/, between: "9" },
  { long: /^(\+52)1([2-9]\d{9})$/, short: /^(\+52)([2-9]\d{9})$/, between: "1" },
  { long: /^(\+54)9([1-8]\d{9})$/, short: /^(\+54)([1-8]\d{9})$/, between: "9" },
];

/**
 * The other form of a number such as `+5215512345678` or `whatsapp:+525512345678`. Null if the number has one form
 * only.
 */
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
 * Returns the form of a number from which the last message or call came, or `address` itself if none came.
 *
 * @param lastReceivedAt returns when a message or call last came from exactly this form, in milliseconds since 1970;
 * null if none did
 */
export function lastUsedForm(address: string, lastReceivedAt: (address: string) => number | null): string {
  const other = alternativeForm(address);
  if (other === null) return address;
  const [ofThis, ofOther] = [lastReceivedAt(address), lastReceivedAt(other)];
  return ofOther !== null && ofOther > (ofThis ?? -Infinity) ? other : address;
}
