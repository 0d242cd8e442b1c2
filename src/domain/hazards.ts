/** What will not work in an account, said before somebody relies on it. */

export const TRIAL_HAZARD =
  "This is a trial account: it only reaches numbers that you have verified (errors 21608 and 21219), Twilio may put a sentence of its own before texts and calls, and it ends after a while. Upgrade it in Twilio's console.";

export function unregisteredHazard(number: string, hasBrand: boolean): string {
  const todo = hasBrand
    ? "Add it to the Messaging Service of an approved campaign"
    : "Register a brand and a campaign under Trust Hub, Registrations";
  return `${number} is in no approved A2P 10DLC campaign, so that US networks block its messages (error 30034). ${todo} in Twilio's console, or send from a verified toll-free number.`;
}

/** `status` is Twilio's word; null where verification was never asked for. */
export function tollFreeHazard(number: string, status: string | null): string {
  const blocked = `so that its messages to the US and Canada are blocked (error 30032)`;
  if (status === null)
    return `${number} is a toll-free number that is not verified, ${blocked}. Have it verified in Twilio's console.`;
  return status === "TWILIO_REJECTED"
    ? `${number} is a toll-free number whose verification Twilio rejected, ${blocked}. Twilio's console says why.`
    : `${number} is a toll-free number whose verification is still going on, ${blocked} until it is approved.`;
}

export function dialingHazard(country: string): string {
  return `Calls to ${country}, where a contact of yours is, are not enabled (error 21215). If you want to call there, enable the country among the voice geographic permissions in Twilio's console.`;
}
