import type { PollingTexts } from "../en/polling.ts";

export const POLLING_DE: PollingTexts = {
  every: (seconds) => (seconds < 60 ? `alle ${seconds} Sekunden` : `alle ${seconds / 60} Minuten`),
  messages: (every) => `werden ${every} aus Twilios Liste gelesen`,
  safetyNet: (every) =>
    `Geht ein Webhook verloren, findet die App die Nachricht trotzdem: Sie liest Twilios Liste ${every}.`,
  by: { us: "Über deine eigene Adresse.", relay: "Über das Webhook-Relay." },
  setUpNumber:
    "Anrufe lassen sich nicht aus einer Liste lesen. Für Anrufe und für Nachrichten ohne Verzögerung richte diese Nummer ein.",
  setUpAddress:
    "Anrufe lassen sich nicht aus einer Liste lesen. Für Anrufe und für Nachrichten ohne Verzögerung richte das Relay ein (siehe Status oben). Oder gib der App eine öffentliche Adresse (public_url) und richte diese Nummer ein.",
  starting: "Die App liest Twilios Nachrichtenliste zum ersten Mal.",
  away: "Twilio antwortet nicht. Die App versucht es weiter.",
  refused:
    "Diese Zugangsdaten haben keine Berechtigung, Nachrichten aufzulisten. Deshalb kommen Nachrichten nur per Webhook an. Verwende einen Standard-API-Schlüssel oder den Auth Token.",
  reasons: {
    declined: "Die Nachrichten an diese Nummer werden nicht gelesen, weil du das ausgeschaltet hast.",
    several:
      "Bei mehreren Nummern dieses Kontos ist keine Adresse für eingehende Nachrichten eingetragen, deshalb wählt die App nicht selbst eine Nummer aus. Drücke bei jeder Nummer, die zu deinem Zuhause gehört, auf „Nachrichten lesen“.",
    other_relay:
      "Eine andere Installation dieser App nutzt dieses Konto, deshalb gehört diese Nummer vielleicht zu ihr. Gehört die Nummer zu deinem Zuhause, drücke auf „Nachrichten lesen“.",
    others:
      "Die Nachrichten an diese Nummer gehen an eine andere Adresse. Wenn du auf „Nachrichten lesen“ drückst, liest die App sie zusätzlich. Die Einstellungen bei Twilio bleiben gleich.",
    unknown:
      "Die App weiß nicht, wer die Nachrichten an diese Nummer empfängt. Gehört die Nummer zu deinem Zuhause, drücke auf „Nachrichten lesen“.",
    sender: "Die App liest Nachrichten an diesen Absender nur, wenn du auf „Nachrichten lesen“ drückst.",
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
    note: "Solange bei einer Nummer eine Adresse dieser Integration eingetragen ist (…/api/webhook/… oder hooks.nabu.casa), gehen Nachrichten und Anrufe dorthin. Sie werden nicht geprüft und kommen nicht bei dieser App an. Wenn du die Nummer hier eingerichtet hast, deaktiviere die Integration: Einstellungen → Geräte & Dienste → Twilio → ⋮ → Deaktivieren. Eine deaktivierte Integration behält ihre Adresse, du kannst sie also wieder aktivieren. Eine gelöschte Integration verliert ihre Adresse.",
  },
};
