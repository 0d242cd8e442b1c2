/** The house's Twilio number. Twilio's test credentials accept it as a sender. */
export const TWILIO_NUMBER = "+15005550006";
/** The phone number of Alice, who lives in the house. */
export const MY_NUMBER = "+12125550123";
/** The app's contacts in the demo. */
export const CONTACTS = [
  { name: "Alice", number: MY_NUMBER },
  { name: "Bob", number: "+12125550124" },
];
/** The people whose telephone the user can play. */
export const PEOPLE = [...CONTACTS, { name: "A stranger", number: "+12125550199" }];
