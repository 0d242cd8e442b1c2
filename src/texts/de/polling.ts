import type { PollingTexts } from "../en/polling.ts";

export const POLLING_DE: PollingTexts = {
  every: (seconds) => (seconds < 60 ? `alle ${seconds} Sekunden` : `alle ${seconds / 60} Minuten`),
  messages: (every) => `werden ${every} aus Twilios Liste gelesen`,
  safetyNet: (every) =>
    `Über Ihre eigene Adresse. Geht ein Webhook verloren, liest die App die Nachricht aus Twilios Liste, was sie ${every} tut.`,
  byAddress: "Über Ihre eigene Adresse.",
  better:
    "Anrufe lassen sich nicht aus einer Liste lesen. Für Anrufe und für Nachrichten ohne Verzögerung richten Sie das Relay ein (siehe Status oben). Oder geben Sie der App eine öffentliche Adresse (public_url) und richten Sie diese Nummer ein.",
  starting: "Die App fragt Twilio zum ersten Mal.",
  away: "Twilio antwortet nicht. Die App versucht es weiter.",
  refused:
    "Mit diesen Zugangsdaten lassen sich keine Nachrichten auflisten, daher kommen sie nur per Webhook an. Verwenden Sie einen Standard-API-Schlüssel oder das Auth Token.",
  reasons: {
    declined: "Ihre Nachrichten werden nicht gelesen, weil Sie es so gewählt haben.",
    several:
      "Mehrere Nummern dieses Kontos sind frei, darum liest die App von selbst keine davon. Wählen Sie die, die zu diesem Haus gehören.",
    other_relay:
      "Eine andere Installation dieser App nutzt dieses Konto; die Nummer kann ihr gehören. Wählen Sie sie, wenn sie zu diesem Haus gehört.",
    others:
      "Ihre Nachrichten gehen an eine andere Adresse. Wenn Sie die Nummer wählen, liest die App sie mit und ändert dort nichts.",
    unknown:
      "Es ist nicht bekannt, wer ihre Nachrichten empfängt. Wählen Sie sie, wenn sie zu diesem Haus gehört.",
    sender: "Nachrichten an diesen Absender werden nur gelesen, wenn Sie ihn wählen.",
  },
  start: "Nachrichten lesen",
  stop: "Nachrichten nicht mehr lesen",
  senders: "Absender von WhatsApp und RCS",
  activity: {
    name: "Aus Twilios Liste gelesene Nachrichten",
    none: "Für keine Nummer",
    lastRead: "zuletzt",
  },
  coreEntry: {
    name: "Home Assistants eigene Twilio-Integration",
    enabled: "Noch eingerichtet",
    note: "Solange eine Nummer eine ihrer Adressen hat (…/api/webhook/… oder hooks.nabu.casa), gehen Nachrichten und Anrufe ungeprüft dorthin und nicht an diese App. Ist die Nummer hier eingerichtet, deaktivieren Sie die Integration: Einstellungen → Geräte & Dienste → Twilio → ⋮ → Deaktivieren. Eine deaktivierte Integration behält ihre Adresse, sodass Sie zurückwechseln können. Eine gelöschte verliert sie.",
  },
};
