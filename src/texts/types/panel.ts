import type { DiskProblem } from "../../domain/disk-problem.ts";
import type { ActivityTexts } from "./activity.ts";
import type { ConversationsTexts } from "./conversations.ts";
import type { ExamplesTexts } from "./examples.ts";
import type { SetupTexts } from "./setup.ts";

/** Every text of the panel. A language is a value of this type, so that none can lack one. */
export interface PanelTexts {
  /** BCP 47, for `lang` and the form of times. */
  readonly language: string;
  readonly title: string;
  /** `version` of this app. */
  readonly version: (version: string) => string;
  readonly pages: {
    readonly label: string;
    readonly overview: string;
    readonly conversations: string;
    readonly activity: string;
    readonly paste: string;
  };
  readonly asOf: string;
  readonly reload: string;
  /** Stands after how many characters a text has. */
  readonly ofCharacters: (most: number) => string;
  readonly copy: string;
  readonly copied: string;
  /** Read aloud where others see a colour. */
  readonly states: { readonly good: string; readonly waiting: string; readonly attention: string };
  readonly status: {
    readonly title: string;
    readonly homeAssistant: string;
    readonly connected: (version: string) => string;
    readonly notConnected: string;
    readonly notConnectedNote: string;
    readonly account: string;
    readonly address: string;
    readonly addressConfigured: string;
    readonly addressLearnt: string;
    readonly addressProvisional: string;
    readonly addressUnknown: string;
    readonly addressUnknownNote: string;
    readonly lastWebhook: string;
    readonly signatureSeen: string;
    readonly signatureNotSeen: string;
    /** Stands before the time of the start. */
    readonly sinceStart: string;
    readonly waiting: string;
    readonly nothingWaits: string;
    readonly eventsWait: (count: number) => string;
    readonly commandsWait: (count: number) => string;
  };
  /** In place of all pages while the app cannot start. */
  readonly outage: {
    readonly title: string;
    readonly reasons: Readonly<Record<DiskProblem, string>>;
    readonly meanwhile: string;
  };
  readonly setup: SetupTexts;
  readonly conversations: ConversationsTexts;
  readonly activity: ActivityTexts;
  readonly examples: ExamplesTexts;
  readonly webhook: {
    readonly title: string;
    readonly howTo: string;
    readonly label: string;
    /** In place of the address, while it is not known. */
    readonly whileUnknown: string;
    readonly forget: string;
    readonly forgetNote: string;
  };
}
