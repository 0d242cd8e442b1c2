/**
 * An example number, reserved for fiction, that the app's own sentences contain. `EXAMPLE_SENDER` has Twilio's number
 * for tests. The log masks all phone numbers, except an example together with the words before it.
 */
export const EXAMPLE_NUMBER = "a number such as +12125550123";
export const EXAMPLE_SENDER = "a number such as +15005550006";
export const EXAMPLE_ADDRESS = "a channel address such as messenger:1234567890";

export const EXAMPLES: readonly string[] = [EXAMPLE_NUMBER, EXAMPLE_SENDER, EXAMPLE_ADDRESS];
