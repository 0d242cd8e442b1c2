import type { PollingTexts } from "../en/polling.ts";

export const POLLING_DE: PollingTexts = {
  every: (seconds) => (seconds < 60 ? `alle ${seconds} Sekunden` : `alle ${seconds / 60} Minuten`),
  messages: (every) => `werden ${every} aus Twilios Liste gelesen`,
  safetyNet: (every) =>
    `Geht ein Webhook verloren, findet die App die Nachricht in Twilios Liste, die sie ${every} liest.`,
  by: { us: "Über deine eigene Adresse.", relay: "Über das Webhook-Relay." },
  setUpNumber:
    "Anrufe lassen sich nicht aus einer Liste lesen. Für Anrufe und für Nachrichten ohne Verzögerung richte diese Nummer ein.",
  setUpAddress:
    "Anrufe lassen sich nicht aus einer Liste lesen. Für Anrufe und für Nachrichten ohne Verzögerung richte das Relay ein (siehe Status oben). Oder gib der App eine öffentliche Adresse (public_url) und richte diese Nummer ein.",
  starting: "Die App liest Twilios Nachrichtenliste zum ersten Mal.",
  away: "Twilio antwortet nicht. Die App versucht es weiter.",
  refused:
    "Mit diesen Zugangsdaten lassen sich keine Nachrichten auflisten, daher kommen sie nur per Webhook an. Verwende einen Standard-API-Schlüssel oder den Auth Token.",
  reasons: {
    declined: "Die Nachrichten an diese Nummer werden nicht gelesen, weil du das ausgeschaltet hast.",
    several:
      "Mehrere Nummern dieses Kontos haben keinen Empfänger für Nachrichten, und die App wählt nicht selbst eine davon aus. Wähle die Nummern aus, die zu deinem Zuhause gehören.",
    other_relay:
      "Eine andere Installation dieser App nutzt dieses Konto; die Nummer kann zu ihr gehören. Wähle die Nummer aus, wenn sie zu deinem Zuhause gehört.",
    others:
      "Die Nachrichten an diese Nummer gehen an eine andere Adresse. Wenn du die Nummer auswählst, liest die App sie mit und ändert dort nichts.",
    unknown:
      "Es ist nicht bekannt, wer Nachrichten an diese Nummer empfängt. Wähle die Nummer aus, wenn sie zu deinem Zuhause gehört.",
    sender: "Nachrichten an diesen Absender werden nur gelesen, wenn du ihn auswählst.",
  },
  start: "Nachrichten lesen",
  stop: "Nachrichten nicht mehr lesen",
  senders: "WhatsApp- und RCS-Absender",
  activity: {
    name: "Aus Twilios Liste gelesene Nachrichten",
    none: "Für keine Nummer",
    lastRead: "zuletzt",
  },
  coreEntry: {
    name: "Home Assistants eigene Twilio-Integration",
    enabled: "Noch eingerichtet",
    note: "Solange bei einer Nummer eine Adresse dieser Integration eingetragen ist (…/api/webhook/… oder hooks.nabu.casa), gehen Nachrichten und Anrufe ungeprüft dorthin und nicht an diese App. Ist die Nummer hier eingerichtet, deaktiviere die Integration: Einstellungen → Geräte & Dienste → Twilio → ⋮ → Deaktivieren. Eine deaktivierte Integration behält ihre Adresse, sodass du zurückwechseln kannst. Eine gelöschte verliert sie.",
  },
};
