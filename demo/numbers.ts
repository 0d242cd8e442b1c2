/** The house's Twilio number: the one that Twilio's test credentials accept as a sender. */
export const TWILIO_NUMBER = "+15005550006";
/** The phone of the person who lives there. */
export const MY_NUMBER = "+12125550123";
/** The app's contacts in the demo. */
export const CONTACTS = [
  { name: "Alice", number: MY_NUMBER },
  { name: "Bob", number: "+12125550124" },
];
/** The people whose part can be played on the simulated telephone. */
export const PEOPLE = [...CONTACTS, { name: "A stranger", number: "+12125550199" }];
