/**
 * The numbers in the app's own sentences: a number for fiction, and Twilio's number for tests. A log shows them in full
 * only after exactly these words.
 */
export const EXAMPLE_NUMBER = "a number such as +12125550123";
export const EXAMPLE_SENDER = "a number such as +15005550006";
export const EXAMPLE_ADDRESS = "a channel address such as messenger:1234567890";

export const EXAMPLES: readonly string[] = [EXAMPLE_NUMBER, EXAMPLE_SENDER, EXAMPLE_ADDRESS];
