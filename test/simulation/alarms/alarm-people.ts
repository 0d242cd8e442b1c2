/** A person whom alarms call, as the app's options have it. */
export interface AlarmContact {
  readonly name: string;
  readonly number: string;
  readonly push?: string;
}

/** The people of alarms. No other traffic has their numbers. */
export const ALARM_CONTACTS: readonly AlarmContact[] = [
  { name: "Alice", number: "+12025550111", push: "mobile_app_alice" },
  { name: "Bob", number: "+12025550112", push: "mobile_app_bob" },
  { name: "Carol", number: "+12025550113" },
];

/** The names of alarms. Each text and each call of an alarm has one. */
export const ALARM_NAMES = ["Water", "Smoke"] as const;
export type AlarmName = (typeof ALARM_NAMES)[number];

/** The alarm that a text or TwiML names, or null if it names none. */
export function alarmNameIn(text: string): AlarmName | null {
  return ALARM_NAMES.find((name) => text.includes(name)) ?? null;
}

/** The person with this number, or undefined for other numbers. */
export function contactAt(number: string): AlarmContact | undefined {
  return ALARM_CONTACTS.find((contact) => contact.number === number);
}
