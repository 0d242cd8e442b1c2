import type { ExplainedError } from "./explained-error.ts";

/** Errors of webhook URLs that Twilio cannot reach, or whose answer it cannot use. */
export const WEBHOOK_ERRORS = [
  [
    11100,
    "A web address that Twilio should use is not a valid URL.",
    "Write the complete address, beginning with https://.",
  ],
  [
    11200,
    "Twilio did not get a usable answer from a web address.",
    "Check that the web address in the Twilio Console is correct and can be reached from the internet. The app's log shows which requests the app refused.",
  ],
  [
    11201,
    "Twilio could not connect to a web address in time.",
    "Check the port forwarding, tunnel or proxy that leads to the app.",
  ],
  [
    11202,
    "The connection to a web address was refused.",
    "Check that the app runs. Then check the port forwarding, tunnel or proxy that leads to the app.",
  ],
  [
    11203,
    "A web address did not answer Twilio in time.",
    "Check that the app runs. Then check the tunnel or proxy that leads to the app.",
  ],
  [
    11205,
    "Twilio could not connect to a web address.",
    "Check the port forwarding, tunnel or proxy that leads to the app. The web address must be on the internet, not in your home network.",
  ],
  [
    11206,
    "The server at a web address does not answer with valid HTTP.",
    "Check the proxy. Addresses with https:// must lead to a port with TLS.",
  ],
  [
    11210,
    "The name in a web address is not known on the internet.",
    "Check the spelling of the name, and your DNS settings.",
  ],
  [
    11215,
    "A web address redirects Twilio in a loop.",
    "Check the proxy's redirects, and enter the final address in the Twilio Console.",
  ],
  [
    11217,
    "The server at a web address answered Twilio with an error.",
    "Check that the web address in the Twilio Console is correct. The app's log shows which requests the app refused.",
  ],
  [
    11220,
    "Twilio could not agree on an encrypted connection with a web address.",
    "Check the proxy's TLS settings; Twilio needs TLS 1.2 or newer.",
  ],
  [
    11235,
    "The certificate at a web address is for another name.",
    "Get a certificate for the host name in this web address.",
  ],
  [11236, "The certificate at a web address has expired.", "Renew the certificate."],
  [
    11237,
    "Twilio does not trust the certificate at a web address.",
    "Use a certificate of a public authority such as Let's Encrypt, with its complete chain.",
  ],
  [
    11750,
    "The document for a call or message is larger than 64 kB.",
    "Check that the web address returns TwiML (instructions for Twilio), and shorten this document.",
  ],
  [
    11751,
    "A picture or file is too big for the channel.",
    "Send a smaller picture or file. MMS allows at most 5 MB.",
  ],
  [
    12100,
    "Twilio could not read the instructions (TwiML) for a call or message.",
    "Check that the web address returns well-formed XML. Write & as &amp;.",
  ],
  [
    12200,
    "The instructions (TwiML) for a call or message contain something that Twilio does not know.",
    "Check the spelling of its elements and attributes.",
  ],
  [
    12300,
    "A file or an answer has a type that Twilio cannot use.",
    "Check that the web address returns TwiML, a sound or a picture, and names its type in Content-Type.",
  ],
  [
    13214,
    "The number to display on a forwarded call is not allowed.",
    "Use one of your account's numbers, or a number that is verified under Verified Caller IDs in the Twilio Console.",
  ],
  [
    13223,
    "A call should have been forwarded to an invalid number.",
    "Write the number with + and the country's code.",
  ],
  [
    13224,
    "A call should have been forwarded to a number that Twilio cannot call.",
    "Check its digits, and write it with + and the country's code.",
  ],
  [
    13225,
    "Twilio blocks the number to which a call should have been forwarded.",
    "If you need to call this number, ask Twilio's support.",
  ],
  [
    13227,
    "Your account may not call the country to which a call should have been forwarded.",
    "Enable the country in the voice geographic permissions in the Twilio Console.",
  ],
  [13520, "There was no text to speak.", "Check that the automation's template returns a text."],
  [
    13521,
    "The text to speak is too long.",
    "Shorten the text: some voices accept 3,000 characters, others 4,096.",
  ],
] as const satisfies readonly ExplainedError[];
