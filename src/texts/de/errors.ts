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
    call_answered: "Der Anruf ist schon angenommen und kann nicht mehr abgewiesen werden.",
    call_busy: "In diesem Anruf läuft noch ein anderer Schritt. Dieser Schritt hat nichts getan.",
    call_ended: "Die App hat diesen Anruf schon beendet.",
    call_unknown: "Twilio kennt keinen Anruf mit dieser CallSid.",
    canceled: "Der Anruf wurde abgebrochen.",
    cannot_say: (detail) =>
      `Der Text oder die Adresse enthält Zeichen, die in TwiML nicht möglich sind: ${detail}`,
    empty_message: "Die Nachricht hat weder Text noch Bild. Schreibe den Text in `message`.",
    failed: "Die Nachricht oder der Anruf ist fehlgeschlagen, und Twilio nennt keinen Grund.",
    id_reused: "Die `request_id` gehört schon zu einem anderen Auftrag. Es wurde nichts gesendet.",
    interrupted:
      "Twilio hatte bei diesem Schritt des Anrufs einen Fehler und konnte die Eingabe nicht melden. Der Debugger in der Twilio-Konsole nennt den Grund.",
    invalid: (detail) => `Der Auftrag ist nicht gültig, und es wurde nichts gesendet: ${detail}`,
    limit_reached:
      "Die Tagesgrenze ist erreicht. Die Optionen limits.messages_per_day und limits.calls_per_day bestimmen sie.",
    media_unavailable: (detail) => `Das Bild oder der Ton konnte nicht abgerufen werden: ${detail}`,
    "no-answer": "Niemand hat abgenommen.",
    no_public_url:
      "Die App kennt ihre öffentliche Adresse noch nicht. Richte das Relay ein, trage public_url ein, oder rufe deine Nummer einmal an.",
    no_recipient:
      "Es fehlt ein Empfänger: Die Aktion hat kein `target`, und der Benachrichtigungsdienst hat keine `targets`.",
    no_sender:
      "Dein Konto hat keine passende Nummer, oder es hat mehrere. Setze default_sender in den Optionen der App.",
    not_asked: "Der Anruf wurde angenommen, aber Twilio bekam den Text nicht von der App.",
    not_entered: "Der Anruf wurde angenommen, aber es wurde nicht rechtzeitig geantwortet.",
    not_reached:
      "Die Antwort der App kam zu spät für das Relay. Der Anruf endete vor dem Ende dieses Schritts.",
    paused:
      "Der Benachrichtigungsdienst ist pausiert, weil Home Assistants eigenes Twilio geladen ist und dasselbe senden würde.",
    timeout: "Der gewünschte Status wurde nicht rechtzeitig erreicht.",
    twilio_away: "Twilio war nicht erreichbar, und es wurde nichts gesendet.",
    undelivered: "Die Nachricht wurde nicht zugestellt, und Twilio nennt keinen Grund.",
    unknown_outcome:
      "Es lässt sich nicht feststellen, ob die Nachricht gesendet oder der Anruf gestartet wurde. Die App versucht es nicht noch einmal.",
  },
};
