/** The house's Twilio number: the one that Twilio's test credentials accept as a sender. */
export const TWILIO_NUMBER = "+15005550006";
/** The phone of the person who lives there. */
export const MY_NUMBER = "+12125550123";
