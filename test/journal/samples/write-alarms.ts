import { end, settle } from "../../../src/alarms/changes/settle.ts";
import { newAlarm } from "../../../src/alarms/changes/start.ts";
import type { AlarmStart } from "../../../src/alarms/changes/start.ts";
import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { TERMS } from "../../alarms/engine/alarm-with.ts";

/** Writes an open alarm with a call and a text, and an alarm that nobody took. */
export async function writeAlarms(store: Journal, now: number): Promise<void> {
  for (const [index, name] of ["Water", "Smoke"].entries()) {
    const person = {
      name: "Anna",
      contact: "Anna",
      channels: ["call", "sms"],
      number: "+12125550101",
    } as const;
    const start: AlarmStart = {
      name,
      message: "Water in the cellar.",
      people: [{ ...person, sender: "+15005550006", push: null, pin: null }],
      terms: TERMS,
      firedAt: now,
    };
    const request = {
      requestId: `alarm_${name}`,
      origin: "twilio_request",
      fingerprint: name,
      receivedAt: now,
    };
    await store.alarms.request(request, { name }, ({ lastEvent }, records) => {
      const context = { ...records, now: now, chance: SYSTEM_CHANCE, whatsappTemplate: null };
      const begun = newAlarm(start, null, lastEvent, context);
      const change = settle(index === 0 ? begun : end(begun, "unanswered", context), context);
      return { change, response: { request_id: request.requestId, command: "alarm", ok: true } };
    });
  }
}
