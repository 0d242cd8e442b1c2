import type { PanelTexts } from "../en/panel.ts";
import { ACTIVITY_DE } from "./activity.ts";
import { CONVERSATIONS_DE } from "./conversations.ts";
import { EXAMPLES_DE } from "./examples.ts";
import { POLLING_DE } from "./polling.ts";
import { RELAY_DE } from "./relay.ts";
import { SETUP_DE } from "./setup.ts";

export const DE: PanelTexts = {
  language: "de",
  title: "Twilio",
  version: (version) => `Version ${version}`,
  pages: {
    label: "Seiten",
    overview: "Einrichtung",
    conversations: "Unterhaltungen",
    activity: "Aktivität",
    examples: "Zum Einfügen",
  },
  asOf: "Stand",
  reload: "Neu laden",
  ofCharacters: (most) => `von höchstens ${most} Zeichen`,
  copy: "Kopieren",
  copied: "Kopiert",
  states: { good: "In Ordnung:", waiting: "Wartet:", attention: "Bitte ansehen:" },
  status: {
    title: "Zustand",
    homeAssistant: "Home Assistant",
    connected: (version) => `Verbunden, Version ${version}`,
    notConnected: "Nicht verbunden",
    notConnectedNote:
      "Die App versucht es weiter. Was inzwischen ankommt, wird aufgehoben und später zugestellt.",
    account: "Twilio-Konto",
    address: "Öffentliche Adresse",
    addressConfigured: "Aus der Option public_url",
    addressLearnt: "Aus Webhooks gelernt, die Twilio signiert hat; die Option public_url geht vor",
    addressRelay: "Vom Webhook-Relay, einer Function in Ihrem Twilio-Konto",
    addressProvisional:
      "Vorläufig: Twilio hat einen Webhook für diese Adresse signiert, aber die App erreicht sie aus Ihrem Netzwerk nicht. Zwei Nachrichten an Ihre Nummer bestätigen sie. Ist die Adresse falsch oder fehlt der Port, tragen Sie die richtige als public_url ein.",
    addressUnknown: "Noch nicht bekannt",
    addressUnknownNote:
      "Machen Sie Port 8080 aus dem Internet per HTTPS erreichbar und tragen Sie die Adresse in der Konfiguration der App als public_url ein.",
    lastWebhook: "Letzter Webhook",
    signatureSeen: "Twilios Signatur war gültig",
    signatureNotSeen: "Noch keiner",
    sinceStart: "seit dem Start der App,",
    waiting: "Wartet",
    nothingWaits: "Nichts",
    eventsWait: (count) => `${count} ${count === 1 ? "Ereignis" : "Ereignisse"} für Home Assistant`,
    commandsWait: (count) => `${count} ${count === 1 ? "Auftrag" : "Aufträge"} für Twilio`,
  },
  outage: {
    title: "Die App kann noch nicht starten",
    reasons: {
      full: "Der Datenträger mit den Daten der App ist voll. Schaffen Sie Platz, zum Beispiel durch Löschen alter Sicherungen.",
      read_only:
        "In den Datenordner der App kann nicht geschrieben werden. Machen Sie ihn beschreibbar. Hat niemand etwas geändert, ist vielleicht der Datenträger oder die SD-Karte defekt.",
      failing:
        "Der Datenordner der App kann nicht gelesen oder beschrieben werden. Vielleicht ist der Datenträger oder die SD-Karte defekt.",
    },
    meanwhile:
      "In der Zwischenzeit weist die App Twilio an, Webhooks später erneut zu senden. Sie versucht alle paar Sekunden zu starten und startet von selbst, sobald es möglich ist.",
  },
  setup: SETUP_DE,
  relay: RELAY_DE,
  polling: POLLING_DE,
  conversations: CONVERSATIONS_DE,
  activity: ACTIVITY_DE,
  examples: EXAMPLES_DE,
  webhook: {
    title: "Adresse für Webhooks",
    howTo:
      "„Diese Nummer einrichten“ trägt sie für Sie bei Twilio ein. Von Hand: Öffnen Sie die Nummer in Twilios Konsole und tragen Sie diese Adresse sowohl unter „A call comes in“ als auch unter „A message comes in“ ein.",
    label: "Adresse, die bei Twilio einzutragen ist",
    whileUnknown:
      "Sie besteht aus Ihrer öffentlichen Adresse und /webhook dahinter. Ohne public_url lernt die App die Adresse aus den Webhooks, die Twilio dorthin schickt.",
    forget: "Diese Adresse vergessen",
    forgetNote:
      "Ist diese Adresse falsch oder hat sie sich geändert, drücken Sie den Knopf: Die App lernt sie dann aus den nächsten Webhooks neu. Oder tragen Sie die richtige als public_url ein.",
  },
};
