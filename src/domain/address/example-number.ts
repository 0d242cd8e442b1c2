/**
 * The example numbers in the app's own sentences. The first is reserved for fiction, the second is Twilio's number for
 * tests. The log masks all other numbers. It recognizes an example by these words before the number.
 */
export const EXAMPLE_NUMBER = "a number such as +12125550123";
export const EXAMPLE_SENDER = "a number such as +15005550006";
export const EXAMPLE_ADDRESS = "a channel address such as messenger:1234567890";

export const EXAMPLES: readonly string[] = [EXAMPLE_NUMBER, EXAMPLE_SENDER, EXAMPLE_ADDRESS];
