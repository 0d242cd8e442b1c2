import type { ErrorTexts } from "../en/errors.ts";
import { CALL_ERRORS_DE } from "./twilio-errors/calls.ts";
import { DELIVERY_ERRORS_DE } from "./twilio-errors/delivery.ts";
import { MESSAGE_ERRORS_DE } from "./twilio-errors/messages.ts";
import { WEBHOOK_ERRORS_DE } from "./twilio-errors/webhooks.ts";
import { WHATSAPP_ERRORS_DE } from "./twilio-errors/whatsapp.ts";

export const ERRORS_DE: ErrorTexts = {
  twilio: {
    ...CALL_ERRORS_DE,
    ...MESSAGE_ERRORS_DE,
    ...DELIVERY_ERRORS_DE,
    ...WHATSAPP_ERRORS_DE,
    ...WEBHOOK_ERRORS_DE,
  },
  app: {
    app_away: "Die App hat nicht rechtzeitig geantwortet. Prüfe, ob sie läuft.",
    app_failed: (detail) => `In der App ist ein Fehler aufgetreten, und es wurde nichts gesendet: ${detail}`,
    busy: "Die Nummer ist besetzt.",
    call_answered:
      "Der Anruf wurde schon angenommen und kann nicht mehr abgewiesen werden. Beende ihn mit `then: hang_up`.",
    call_busy:
      "In diesem Anruf läuft noch ein anderer Schritt, vielleicht der einer anderen Automation. Deshalb hat dieser Schritt nicht begonnen.",
    call_ended: "Die App hat diesen Anruf schon beendet, deshalb ist kein weiterer Schritt möglich.",
    call_unknown:
      "Twilio kennt keinen Anruf mit dieser CallSid. Trage in `call` die CallSid des Anrufs ein, z. B. trigger.event.data.CallSid.",
    called_off: "Der Alarm war schon übernommen oder beendet, bevor die App bei Twilio anfragen konnte.",
    canceled: "Der Anruf wurde abgebrochen.",
    cannot_say:
      "Der Text oder die Adresse des Tons enthält Zeichen, die Twilio nicht verarbeiten kann, deshalb wurde nichts gesagt. Entferne diese Zeichen.",
    empty_message: "Die Nachricht hat weder Text noch Bild. Schreibe den Text in `message`.",
    failed: "Die Nachricht oder der Anruf ist fehlgeschlagen, und Twilio nennt keinen Grund.",
    id_reused:
      "Die `request_id` gehört schon zu einem anderen Auftrag, deshalb wurde nichts gesendet. Verwende für jeden Auftrag eine neue `request_id`.",
    interrupted:
      "Twilio hatte bei diesem Schritt des Anrufs einen Fehler und konnte die Eingabe nicht melden. Der Debugger in der Twilio-Konsole nennt den Grund.",
    invalid: (detail) => `Der Auftrag ist nicht gültig, und es wurde nichts gesendet: ${detail}`,
    limit_reached:
      "Die Grenze für 24 Stunden ist erreicht, deshalb wurde nichts gesendet. Wenn du mehr brauchst, erhöhe in den Optionen der App limits.messages_per_day oder limits.calls_per_day.",
    media_unavailable: (detail) => `Das Bild oder der Ton konnte nicht abgerufen werden: ${detail}`,
    "no-answer": "Niemand hat abgenommen.",
    no_alarm:
      "Es läuft kein Alarm mit diesem Namen, oder es laufen mehrere Alarme, und im Feld `alarm` steht keiner davon.",
    no_public_url:
      "Die App kennt ihre öffentliche Adresse noch nicht. Richte das Relay ein, trage public_url ein, oder rufe deine Twilio-Nummer einmal an.",
    no_recipient:
      "Es fehlt ein Empfänger: Die Aktion hat kein `target`, und der Benachrichtigungsdienst hat keine `targets`. Trage mindestens eine Nummer oder einen Kontakt ein.",
    no_sender:
      "Dein Konto hat keine passende Nummer, oder es hat mehrere. Setze default_sender in den Optionen der App.",
    not_asked:
      "Der Anruf wurde angenommen, aber Twilio konnte den ersten Schritt nicht von der App abrufen. Prüfe die öffentliche Adresse der App.",
    not_entered: "Der Anruf wurde angenommen, aber innerhalb des Zeitlimits wurde nichts eingegeben.",
    not_reached:
      "Die Antwort der App kam zu spät beim Relay an. Deshalb endete der Anruf, bevor dieser Schritt fertig war.",
    paused:
      "Der Benachrichtigungsdienst ist pausiert, weil Home Assistants eigener Benachrichtigungsdienst für Twilio geladen ist und dieselbe Nachricht senden würde.",
    push_failed: (detail) => `Home Assistant konnte die Push-Nachricht nicht senden: ${detail}`,
    push_missing: (detail) =>
      `Home Assistant hat die Aktion für Push-Nachrichten an diese Person nicht: ${detail}`,
    timeout: "Der gewünschte Status wurde nicht innerhalb des Zeitlimits erreicht.",
    twilio_away: "Twilio war nicht erreichbar, und es wurde nichts gesendet.",
    undelivered: "Die Nachricht wurde nicht zugestellt, und Twilio nennt keinen Grund.",
    unknown_outcome:
      "Es ist nicht bekannt, ob die Nachricht gesendet oder der Anruf gestartet wurde. Die App sendet nicht noch einmal.",
  },
};
