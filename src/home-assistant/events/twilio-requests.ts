import type { HomeAssistantConnection } from "../connection/connect.ts";
import { readRenderedText, renderedTextTemplate } from "./rendered-text.ts";
import { asObject, triggerData } from "./unwrap-trigger.ts";

type Data = Readonly<Record<string, unknown>>;

/** The fields in a request's `payload` that contain a text, which may come from a template. */
const TEXTS = ["message", "say"];

const TRIGGER = {
  platform: "event",
  event_type: "twilio_request",
  variables: Object.fromEntries(
    TEXTS.map((name) => [name, renderedTextTemplate(`(trigger.event.data.payload | default({})).${name}`)]),
  ),
};

/**
 * Listens for the event `twilio_request`, which automations and scripts fire. Returns a function that stops listening.
 */
export function listenForTwilioRequests(
  connection: Pick<HomeAssistantConnection, "subscribeTrigger">,
  onRequest: (data: Data) => void,
): () => void {
  return connection.subscribeTrigger(TRIGGER, ({ trigger, ...variables }) =>
    onRequest(withTexts(triggerData(trigger), variables)),
  );
}

/** If Core has turned a text into a list or mapping, replaces it by the text itself. */
function withTexts(data: Data, variables: Data): Data {
  const texts = TEXTS.map((name) => [name, readRenderedText(variables[name])] as const);
  const found = texts.filter(([, text]) => text !== null);
  if (found.length === 0) return data;
  return { ...data, payload: { ...asObject(data["payload"]), ...Object.fromEntries(found) } };
}
