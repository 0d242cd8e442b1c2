import type { House } from "./house.ts";
import { CONTACTS, TWILIO_NUMBER } from "./numbers.ts";

export interface DemoAddresses {
  /** The URL of the simulated telephone, or null with a real Twilio account, which needs a real telephone. */
  readonly telephone: string | null;
  readonly panel: string;
  readonly webhook: string;
}

interface Step {
  readonly page: "Telephone" | "Home Assistant" | "The app's page";
  readonly action: string;
  readonly effect: string;
}

/** The steps that a user can try in the demo, with at least one step for each page. */
const STEPS: readonly Step[] = [
  {
    page: "Telephone",
    action: 'Press "Call the house".',
    effect: "In Home Assistant, the garage door opens. The call is rejected, so it costs nothing.",
  },
  {
    page: "Telephone",
    action: "Write a message.",
    effect: "Home Assistant shows it as a notification.",
  },
  {
    page: "The app's page",
    action: "Open Conversations, select your message and reply to it.",
    effect: "The reply appears on the telephone.",
  },
  {
    page: "Home Assistant",
    action: 'Switch on "Smoke in the kitchen".',
    effect: 'The telephone rings. Press "Pick up", then press 1: all lights turn on.',
  },
];

/** Writes the steps of the demo and the URLs of its pages, as Markdown for the card on Home Assistant's dashboard. */
export function stepsAsMarkdown({ telephone, panel }: DemoAddresses): string {
  const links = [
    ...(telephone === null ? [] : [`- [Telephone](${telephone})`]),
    `- [The app's page](${panel})`,
    "- Blueprints: [Settings → Automations & scenes → Blueprints](/config/blueprint/dashboard)",
    "- Actions: [Developer tools → Actions](/developer-tools/action)",
  ];
  const note =
    "Ignore the repair under Settings: Home Assistant does not recommend the way in which this demo runs it.";
  const steps = STEPS.map(
    ({ page, action, effect }, index) => `${index + 1}. **${page}**: ${action} ${effect}`,
  );
  return [
    ...(telephone === null ? [] : steps),
    "",
    `The contacts of the app: ${contacts()}.`,
    "",
    ...links,
    "",
    note,
  ].join("\n");
}

/** The lines for the terminal: the URL and purpose of each page, what to try there, and how to stop the demo. */
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
          `                  A simulated telephone. Call the house (${TWILIO_NUMBER}), write to it, and answer its calls.`,
        ]),
    `  The app's page  ${panel}`,
    "                  All conversations and calls, the status of the app, test messages and example automations.",
    "                  An installed app shows this page in Home Assistant's sidebar.",
    "",
    ...(telephone === null || !house.isReal ? [] : toTry()),
    ...(telephone === null
      ? [
          `Twilio must reach ${webhook} from the internet, through a tunnel or an HTTPS proxy.`,
          "In the Twilio Console, enter that public address at your number, for calls and for messages.",
        ]
      : [
          `You need not open ${webhook}. Twilio reports calls and messages to that address.`,
          "The demo has a simulated Twilio, so nothing leaves this computer and nothing costs money.",
        ]),
    "",
    "Press Ctrl-C to stop everything.",
  ];
}

function homeAssistant({ isReal, url, login }: Pick<House, "isReal" | "url" | "login">): string[] {
  if (!isReal || login === null)
    return ["  Home Assistant  Not installed. A simple program without a page takes its place."];
  return [
    `  Home Assistant  ${url}`,
    `                  Your house, with a garage door, lights, a smoke detector and three automations.`,
    `                  Log in as "${login.username}" with the password "${login.password}".`,
  ];
}

function toTry(): string[] {
  return [
    "What to try on each page:",
    "",
    ...STEPS.flatMap(({ page, action, effect }, index) => [
      `  ${index + 1}. ${page}: ${action}`,
      `     ${effect}`,
    ]),
    "",
    `Your own automations can call and write to these contacts by name: ${contacts()}.`,
    'Blueprints ("Twilio: …") are in Home Assistant under Settings → Automations & scenes → Blueprints.',
    "",
  ];
}

function contacts(): string {
  return CONTACTS.map(({ name, number }) => `${name} (${number})`).join(" and ");
}
