/** Seven digits or more in a row, spaced as people write them, are taken for a phone number. */
const NUMBER = /(?<![\w.:-])\+?\d(?:[ ().\-/]{0,2}\d){6,}(?![\w:])/g;
const IP_ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

/** `text` with every phone number reduced to its first two and last two digits: `+12…23`. */
export function maskNumber(text: string): string {
  return text.replace(NUMBER, (number) => {
    if (IP_ADDRESS.test(number)) return number;
    const digits = number.replace(/\D/g, "");
    return `${number.startsWith("+") ? "+" : ""}${digits.slice(0, 2)}…${digits.slice(-2)}`;
  });
}
