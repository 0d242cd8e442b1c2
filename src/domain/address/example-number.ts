/**
 * The numbers in our own sentences, which belong to nobody: a number for fiction, and Twilio's number for tests. A log
 * shows them in full after exactly these words, and nowhere else.
 */
export const EXAMPLE_NUMBER = "a number such as +12125550123";
export const EXAMPLE_SENDER = "a number such as +15005550006";
export const EXAMPLE_ADDRESS = "an address such as messenger:1234567890";

export const EXAMPLES: readonly string[] = [EXAMPLE_NUMBER, EXAMPLE_SENDER, EXAMPLE_ADDRESS];
