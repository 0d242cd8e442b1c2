import type { AlarmChannel, AlarmPerson } from "../alarm.ts";

/** How a person gets a text that needs no answer: by push if possible, else by text message or WhatsApp. */
export function textChannel({ push, channels }: Pick<AlarmPerson, "push" | "channels">): AlarmChannel {
  if (push !== null && channels.includes("push")) return "push";
  return channels.includes("whatsapp") && !channels.includes("sms") ? "whatsapp" : "sms";
}
