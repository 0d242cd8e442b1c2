import type { WebhookTarget } from "../webhooks/send-webhook.ts";
import type { Form } from "./refusals.ts";
import { numberResource } from "./resources.ts";
import type { NumberResource } from "./resources.ts";

export interface NumberWebhookTargets {
  readonly sms?: WebhookTarget;
  readonly voice?: WebhookTarget;
  readonly status?: WebhookTarget;
}

/** The settings of a number, by Twilio's names. */
export type NumberEntries = Partial<
  Pick<
    NumberResource,
    | "sms_url"
    | "sms_method"
    | "sms_fallback_url"
    | "sms_fallback_method"
    | "voice_url"
    | "voice_method"
    | "voice_fallback_url"
    | "voice_fallback_method"
    | "status_callback"
    | "status_callback_method"
    | "sms_application_sid"
    | "voice_application_sid"
    | "trunk_sid"
  >
>;

export interface NumberDeskOptions {
  readonly accountSid: string;
  readonly numbers: readonly string[];
  /** The webhooks of all numbers without their own settings. */
  readonly webhooks: () => NumberWebhookTargets;
  /** The address on this machine for a public address in the settings. */
  readonly deliveredTo: (address: string) => string;
  /** Called with the webhooks of the first number, which apply from now on. */
  readonly onEntered: (webhooks: NumberWebhookTargets) => void;
}

/** Stores the webhook settings of numbers, which a user or the app enters. */
export function createNumberDesk(options: NumberDeskOptions) {
  const { accountSid, numbers, webhooks, deliveredTo, onEntered } = options;
  const entered = new Map<string, NumberResource>();

  const resource = (number: string): NumberResource =>
    entered.get(number) ?? numberResource(accountSid, number, webhooks());

  function enter(number: string, entries: NumberEntries): NumberResource {
    // From now on, this number has its own settings.
    for (const one of numbers) entered.set(one, resource(one));
    const changed = { ...resource(number), ...entries };
    entered.set(number, changed);
    if (number === numbers[0]) onEntered(targetsOf(changed));
    return changed;
  }

  function targetsOf(from: NumberResource): NumberWebhookTargets {
    return {
      ...target("sms", from.sms_url, from.sms_method),
      ...target("voice", from.voice_url, from.voice_method),
      ...target("status", from.status_callback, from.status_callback_method),
    };
  }

  function target(kind: keyof NumberWebhookTargets, url: string, method: string): NumberWebhookTargets {
    if (url === "") return {};
    const [deliverTo = ""] = deliveredTo(url).split("#");
    return { [kind]: { url, method: method === "GET" ? "GET" : "POST", deliverTo } };
  }

  return {
    resources: () => numbers.map(resource),
    enter,
    reset: (): void => entered.clear(),
    /** Changes a number by its SID; null if the account does not have it. */
    update(sid: string, form: Form): NumberResource | null {
      const number = numbers.find((one) => resource(one).sid === sid);
      if (number === undefined) return null;
      const entries = Object.entries(form).map(([name, value]) => [snakeCase(name), entry(name, value)]);
      return enter(number, Object.fromEntries(entries) as NumberEntries);
    },
  };
}

/** The value of a setting. An empty SID removes the application. */
function entry(name: string, value: string | string[]): string | null {
  const [text = ""] = [value].flat();
  return text === "" && name.endsWith("Sid") ? null : text;
}

function snakeCase(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase();
}
