import type { HomeAssistantConnection } from "../connection/connect.ts";
import { readRenderedText, renderedTextTemplate } from "./rendered-text.ts";
import { asObject, triggerData } from "./unwrap-trigger.ts";

type Data = Readonly<Record<string, unknown>>;

/** What of a request's `payload` is a text that a template may give. */
const TEXTS = ["message", "say"];

const TRIGGER = {
  platform: "event",
  event_type: "twilio_request",
  variables: Object.fromEntries(
    TEXTS.map((name) => [name, renderedTextTemplate(`(trigger.event.data.payload | default({})).${name}`)]),
  ),
};

/** Hears every `twilio_request` event: what an automation's plain event step, or a script, asks for. */
export function listenForTwilioRequests(
  connection: Pick<HomeAssistantConnection, "subscribeTrigger">,
  onRequest: (data: Data) => void,
): () => void {
  return connection.subscribeTrigger(TRIGGER, ({ trigger, ...variables }) =>
    onRequest(withTexts(triggerData(trigger), variables)),
  );
}

/** As the automation's templates gave them, where Core has made lists or mappings of them. */
function withTexts(data: Data, variables: Data): Data {
  const texts = TEXTS.map((name) => [name, readRenderedText(variables[name])] as const);
  const found = texts.filter(([, text]) => text !== null);
  if (found.length === 0) return data;
  return { ...data, payload: { ...asObject(data["payload"]), ...Object.fromEntries(found) } };
}
