/** What stands for a number that is withheld. Source: Twilio, voice caller ID; 266696687 spells ANONYMOUS. */
const WITHHELD =
  /^(anonymous|restricted|unavailable|unknown|private|blocked|\+?266696687|\+?7378742883|\+?2562533|\+?8656696|\+?86282452253)?$/i;

/** Whether an address only says that the caller's number is not shown. An empty one does, too. */
export function isWithheld(address: string): boolean {
  return WITHHELD.test(address);
}
