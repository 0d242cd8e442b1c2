import type { PanelTexts } from "../en/panel.ts";
import { ACTIVITY_DE } from "./activity.ts";
import { ALARM_PAGES_DE } from "./alarm-pages.ts";
import { CONTACTS_DE } from "./contacts.ts";
import { CONVERSATIONS_DE } from "./conversations.ts";
import { ERRORS_DE } from "./errors.ts";
import { EXAMPLES_DE } from "./examples.ts";
import { EXPORT_DE } from "./export.ts";
import { NOTIFICATIONS_DE } from "./notifications.ts";
import { OPTIONS_DE } from "./options.ts";
import { POLLING_DE } from "./polling.ts";
import { RELAY_DE } from "./relay.ts";
import { SETUP_DE } from "./setup.ts";

export const DE: PanelTexts = {
  language: "de",
  forms: async () => (await import("./forms/forms.ts")).FORMS_DE,
  title: "Twilio",
  version: (version) => `Version ${version}`,
  pages: {
    label: "Seiten",
    overview: "Einrichtung",
    conversations: "Unterhaltungen",
    alarms: "Alarme",
    activity: "Aktivität",
    examples: "Beispiele",
  },
  asOf: "Stand",
  reload: "Neu laden",
  ofCharacters: (most) => `von höchstens ${most} Zeichen`,
  copy: "Kopieren",
  copied: "Kopiert",
  states: {
    good: "In Ordnung:",
    waiting: "Wartet:",
    open: "Noch offen:",
    attention: "Benötigt Aufmerksamkeit:",
  },
  links: {
    console: { start: "Twilio-Konsole öffnen", buyNumber: "Nummer in der Twilio-Konsole kaufen" },
    scripts: "Skripte öffnen",
    coreTwilio: "Diese Integration öffnen",
    network: "Netzwerkeinstellungen öffnen",
    relay: "Relay einrichten",
  },
  status: {
    title: "Status",
    homeAssistant: "Home Assistant",
    connected: (version) => `Verbunden, Version ${version}`,
    notConnected: "Nicht verbunden",
    notConnectedNote:
      "Die App versucht weiter, sich zu verbinden. Bis dahin speichert sie eintreffende Ereignisse und stellt sie später zu.",
    account: "Twilio-Konto",
    address: "Öffentliche Adresse",
    addressConfigured: "Aus der Option public_url",
    addressLearnt: "Aus Webhooks mit gültiger Twilio-Signatur erkannt. Die Option public_url hat Vorrang.",
    addressRelay: "Vom Webhook-Relay, einer Function in deinem Twilio-Konto",
    addressProvisional:
      "Vorläufig: Twilio hat einen Webhook für diese Adresse signiert, aber die App erreicht sie aus deinem Netzwerk nicht. Zwei Nachrichten an deine Twilio-Nummer bestätigen die Adresse. Wenn die Adresse falsch ist oder der Port fehlt, trage die richtige Adresse als public_url ein.",
    addressUnknown: "Noch nicht bekannt",
    addressUnknownNote:
      "Um Anrufe zu empfangen, richte das Relay ein. Oder mache Port 8080 per HTTPS aus dem Internet erreichbar, und trage seine Adresse in der Konfiguration der App als public_url ein.",
    lastWebhook: "Letzter Webhook",
    validSignature: "Seine Twilio-Signatur war gültig",
    noWebhook: "Noch keiner",
    sinceStart: "seit dem Start der App,",
    waiting: "Ausstehend",
    nothingWaits: "Nichts",
    eventsWait: (count) => `${count} ${count === 1 ? "Ereignis" : "Ereignisse"} für Home Assistant`,
    commandsWait: (count) => `${count} ${count === 1 ? "Auftrag" : "Aufträge"} für Twilio`,
  },
  outage: {
    title: "Die App kann noch nicht starten",
    reasons: {
      full: "Der Datenträger mit den Daten der App ist voll. Schaffe Platz, zum Beispiel indem du alte Backups löschst.",
      read_only:
        "Der Datenordner der App ist schreibgeschützt. Mache ihn beschreibbar. Wenn niemand etwas geändert hat, ist vielleicht der Datenträger oder die SD-Karte defekt.",
      failing:
        "Der Datenordner der App kann nicht gelesen oder beschrieben werden. Vielleicht ist der Datenträger oder die SD-Karte defekt.",
    },
    meanwhile:
      "In der Zwischenzeit bittet die App Twilio, Webhooks später erneut zu senden. Die App versucht alle paar Sekunden zu starten. Ein Neustart von Hand ist nicht nötig.",
  },
  restarted: {
    title: "Bitte versuche es noch einmal",
    nothingChanged:
      "Die App ist neu gestartet, seit deine Seite geladen wurde. Deshalb wurde nichts gesendet oder geändert.",
    tryAgain: "Gehe im Browser zurück, warte ein paar Sekunden, und drücke den Knopf noch einmal.",
  },
  setup: SETUP_DE,
  options: OPTIONS_DE,
  relay: RELAY_DE,
  polling: POLLING_DE,
  contacts: CONTACTS_DE,
  conversations: CONVERSATIONS_DE,
  activity: ACTIVITY_DE,
  alarms: ALARM_PAGES_DE,
  examples: EXAMPLES_DE,
  export: EXPORT_DE,
  errors: ERRORS_DE,
  notifications: NOTIFICATIONS_DE,
  webhook: {
    title: "Webhook-Adresse",
    howTo:
      "Der Knopf „Diese Nummer einrichten“ trägt diese Adresse für dich bei Twilio ein. Von Hand geht es so: Öffne die Nummer in der Twilio-Konsole. Trage die Adresse als Webhook für eingehende Anrufe (Voice) und für eingehende Nachrichten (Messaging) ein.",
    label: "Adresse zum Eintragen bei Twilio",
    whileUnknown:
      "Diese Adresse besteht aus deiner öffentlichen Adresse und /webhook. Ist public_url leer, erkennt die App die Adresse aus den ersten Webhooks von Twilio.",
    discardAddress: "Diese Adresse vergessen",
    discardAddressNote:
      "Wenn diese Adresse falsch ist oder sich geändert hat, drücke auf diesen Knopf. Die App erkennt die Adresse dann neu aus den nächsten Webhooks. Du kannst die richtige Adresse auch als public_url eintragen.",
  },
};
