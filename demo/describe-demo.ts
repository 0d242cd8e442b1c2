import type { House } from "./house.ts";
import { CONTACTS, TWILIO_NUMBER } from "./numbers.ts";

export interface DemoAddresses {
  /** Null where Twilio itself is used, and a real telephone with it. */
  readonly telephone: string | null;
  readonly panel: string;
  readonly webhook: string;
}

interface Step {
  readonly page: "Telephone" | "Home Assistant";
  readonly action: string;
  readonly effect: string;
}

const STEPS: readonly Step[] = [
  {
    page: "Telephone",
    action: 'Press "Call the house".',
    effect: "In Home Assistant the garage door opens. The call itself is declined, so it costs nothing.",
  },
  {
    page: "Telephone",
    action: "Write a message.",
    effect: "Home Assistant shows it as a notification. On the app's page, reply to it under Conversations.",
  },
  {
    page: "Home Assistant",
    action: 'Switch on "Smoke in the kitchen".',
    effect: "The telephone rings. Pick up and press 1: the lights of the house go on.",
  },
];

/** For Home Assistant's dashboard, in Markdown. */
export function stepsAsMarkdown({ telephone, panel }: DemoAddresses): string {
  const links = [
    ...(telephone === null ? [] : [`- [Telephone](${telephone})`]),
    `- [The app's page](${panel})`,
    "- Blueprints to fill in: [Settings → Automations & scenes → Blueprints](/config/blueprint/dashboard)",
    "- Actions to call: [Developer tools → Actions](/developer-tools/action)",
  ];
  const note =
    "Settings shows one repair: Home Assistant advises against the way in which this demo runs it. Here it does no harm.";
  const steps = STEPS.map(
    ({ page, action, effect }, index) => `${index + 1}. **${page}**: ${action} ${effect}`,
  );
  return [
    ...(telephone === null ? [] : steps),
    "",
    `The app's contacts: ${contacts()}.`,
    "",
    ...links,
    "",
    note,
  ].join("\n");
}

/** For the terminal: every address with what it is for, then what to try, then how to stop. */
export function describeDemo(
  house: Pick<House, "isReal" | "url" | "login">,
  addresses: DemoAddresses,
): string[] {
  const { telephone, panel, webhook } = addresses;
  return [
    "Open these pages in a browser:",
    "",
    ...homeAssistant(house),
    ...(telephone === null
      ? []
      : [
          `  Telephone       ${telephone}`,
          `                  A simulated telephone. Call the house (${TWILIO_NUMBER}), write to it, pick up when it rings.`,
        ]),
    `  The app's page  ${panel}`,
    "                  All conversations and calls, the set-up at Twilio, test messages, example automations.",
    "",
    ...(telephone === null || !house.isReal ? [] : toTry()),
    ...(telephone === null
      ? [
          `Twilio must reach ${webhook} from the internet, through a tunnel or a proxy with HTTPS.`,
          "Enter that public address at your number in Twilio's console, for calls and for messages.",
        ]
      : [
          `Webhooks come in at ${webhook}: Twilio reports calls and messages to that address. It is`,
          "not a page to open. In the demo a simulated Twilio does the reporting, so nothing leaves this computer and",
          "nothing costs money.",
        ]),
    "",
    "Press Ctrl-C to stop everything.",
  ];
}

function homeAssistant({ isReal, url, login }: Pick<House, "isReal" | "url" | "login">): string[] {
  if (!isReal || login === null)
    return ["  Home Assistant  Not available: a stand-in without a page takes its place."];
  return [
    `  Home Assistant  ${url}`,
    `                  Log in as "${login.username}" with the password "${login.password}". The first page shows the garage`,
    "                  door, the automations and what happened.",
  ];
}

function toTry(): string[] {
  return [
    "Try this:",
    "",
    ...STEPS.flatMap(({ page, action, effect }, index) => [
      `  ${index + 1}. ${page}: ${action}`,
      `     ${effect}`,
    ]),
    "",
    `Your own automations can call and write to the app's contacts by name: ${contacts()}.`,
    'Ready-made ones are in Home Assistant under Settings → Automations & scenes → Blueprints ("Twilio: …").',
    "",
  ];
}

function contacts(): string {
  return CONTACTS.map(({ name, number }) => `${name} (${number})`).join(" and ");
}
