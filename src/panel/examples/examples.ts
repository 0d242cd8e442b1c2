import type { ExamplesTexts } from "../../texts/en/examples.ts";
import type { Automation } from "./automation-for.ts";
import type { ExamplesPorts } from "./routes.tsx";

type Texts = ExamplesTexts["yaml"];

/** Makes an action that sends a message to the first contact, or to an invented one. */
export function sendExample(contacts: readonly string[], texts: Texts): object {
  const to = contacts[0] ?? texts.contact;
  return { action: "script.twilio_send_message", data: { to, message: texts.sendText } };
}

/** Makes an automation that answers calls of contacts and asks for a key. */
export function talkExample(contacts: readonly string[], texts: Texts): Automation {
  const call = "{{ trigger.event.data.CallSid }}";
  const named = contacts.length === 0 ? [texts.contact] : contacts;
  const step = (data: object): object => ({ action: "script.twilio_talk", data: { call, ...data } });
  return {
    alias: texts.talkAlias,
    mode: "parallel",
    triggers: [
      {
        trigger: "event",
        event_type: "twilio_data_received",
        event_data: { CallStatus: "ringing", Direction: "inbound" },
      },
    ],
    conditions: [`{{ trigger.event.data.contact in ${JSON.stringify(named)} }}`],
    actions: [
      { ...step({ say: texts.question, ask: "digits", digits: 1 }), response_variable: "answer" },
      {
        if: "{{ answer.input == '1' }}",
        then: [
          { action: "persistent_notification.create", data: { message: texts.chose } },
          step({ say: texts.thanks, then: "hang_up" }),
        ],
        else: [step({ say: texts.goodbye, then: "hang_up" })],
      },
    ],
  };
}

/**
 * Makes the lines for configuration.yaml that create the action `notify.<name>`: a group without members. See also
 * addon/notify.yaml.
 */
export function notifyExample(notifiers: ExamplesPorts["examples"]["notifiers"]): object {
  return { notify: notifiers.map(({ name }) => ({ platform: "group", name, services: [] })) };
}
