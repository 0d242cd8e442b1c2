import { expect } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../demo/numbers.ts";

type Data = Readonly<Record<string, unknown>>;

/** The contacts in the documents' options. */
const NUMBERS: Readonly<Record<string, string>> = { Alice: MY_NUMBER, Bob: "+12125550124" };

/** The forms that Twilio gets when all these actions, at any depth, have run: one form for each recipient. */
export function expectedDeliveries(actions: unknown): Data[] {
  if (Array.isArray(actions)) return actions.flatMap(expectedDeliveries);
  if (typeof actions !== "object" || actions === null) return [];
  const { action, event, data, event_data: eventData, ...rest } = actions as Data;
  const nested = Object.values(rest).flatMap(expectedDeliveries);
  if (event === "twilio_request") {
    const { command, payload } = eventData as { command: string; payload: Data };
    return [...formsOf(command, payload), ...nested];
  }
  if (typeof action !== "string" || !/^(script|notify)\.twilio_/.test(action)) return nested;
  return [...formsOf(action.replace(/^script\.twilio_/, ""), data as Data), ...nested];
}

function formsOf(command: string, payload: Data): Data[] {
  const recipients = [payload["to"] ?? payload["target"]].flat().map(String);
  const isWhatsApp = payload["channel"] === "whatsapp";
  const prefix = isWhatsApp ? "whatsapp:" : "";
  return recipients.map((name) => ({
    To: `${prefix}${NUMBERS[name] ?? name}`,
    From: `${prefix}${TWILIO_NUMBER}`,
    ...(/call/.test(command) ? spoken(payload) : written(payload)),
  }));
}

function spoken({ say, message }: Data): Data {
  return { Twiml: expect.stringContaining(`>${String(say ?? message)}<`) };
}

function written({ message, media, data, content_sid: template }: Data): Data {
  const files = [media ?? (data as Data | undefined)?.["media_url"] ?? []].flat() as string[];
  const addresses = files.map((file) => (file.startsWith("https:") ? file : PUBLISHED));
  return {
    ...(message === undefined ? {} : { Body: message }),
    ...(template === undefined ? {} : { ContentSid: template }),
    ...(addresses.length === 0 ? {} : { MediaUrl: addresses.length === 1 ? addresses[0] : addresses }),
  };
}

/** The URL at which the app publishes a file of Home Assistant. */
const PUBLISHED: unknown = expect.stringMatching(/\/media\/[\w-]{22,}$/);
