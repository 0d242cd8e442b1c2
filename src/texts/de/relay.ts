import type { RelayTexts } from "../en/relay.ts";

export const RELAY_DE: RelayTexts = {
  title: "Empfangen ohne offenen Port",
  intro:
    "Das Webhook-Relay ist eine kleine Function in deinem eigenen Twilio-Konto. Es reicht Anrufe und Nachrichten von Twilio an die Adresse von Home Assistant weiter, verschlüsselt für diese App. Du brauchst keine zweite öffentliche Adresse und keinen offenen Port.",
  back: "Zurück",
  row: {
    name: "Webhook-Relay",
    none: "Nicht eingerichtet",
    noneNote:
      "Anrufe und Nachrichten über die eigene Adresse von Home Assistant empfangen, ohne offenen Port.",
    busy: "Wird eingerichtet",
    removing: "Wird entfernt",
    failed: "Fehlgeschlagen",
    ready: "Funktioniert",
    attention: "Benötigt Aufmerksamkeit",
    open: "Relay einrichten",
    show: "Anzeigen",
  },
  obstacles: {
    provider:
      "Functions gibt es nur bei Twilio selbst. Mache bei einem anderen Anbieter Port 8080 erreichbar.",
    region:
      "Functions und Sync gibt es nur in Twilios US-Region. Entferne die Option region, oder mache Port 8080 erreichbar.",
    home_assistant_away:
      "Home Assistant antwortet gerade nicht. Lade diese Seite neu, sobald es wieder antwortet.",
    no_address:
      "Home Assistant ist von außen nicht erreichbar. Melde dich bei Home Assistant Cloud an, oder trage unter Einstellungen → System → Netzwerk eine Internet-Adresse für Home Assistant ein. Bis dahin werden Nachrichten alle 15 Sekunden abgeholt, und es kommen keine Anrufe an.",
    forbidden:
      "Diese Zugangsdaten dürfen Twilio Functions und Sync nicht benutzen. Verwende den Auth Token des Kontos oder einen Standard-API-Schlüssel; ein eingeschränkter Schlüssel kann das nicht.",
    twilio_away: "Twilio antwortet gerade nicht. Lade diese Seite später neu.",
  },
  plan: {
    title: "Was angelegt wird",
    service: (name) =>
      `In deinem Twilio-Konto: ein Functions Service namens ${name} mit sechs kleinen Functions`,
    sync: (name) => `In deinem Twilio-Konto: ein Sync Service namens ${name} für die Antworten der App`,
    cloudhook: "In Home Assistant: ein Webhook und für ihn ein Cloudhook von Home Assistant Cloud",
    externalUrl:
      "In Home Assistant: ein Webhook, erreichbar über die Internet-Adresse, die du in Home Assistant eingetragen hast",
    credentials: "Die Functions können die Zugangsdaten deines Kontos benutzen; diese bleiben bei Twilio.",
    cost: "Twilio berechnet Functions und Sync nach Nutzung. Ein Haushalt mit 20 Nachrichten und 10 Anrufen am Tag braucht etwa 4.500 Aufrufe im Monat. Zurzeit sind die ersten 10.000 im Monat kostenlos. Siehe Twilios Preisseiten.",
    foreign:
      "Ein Relay mit diesem Namen gibt es schon. Eine andere Installation dieser App hat es angelegt, oder diese App, bevor ihre Daten verloren gingen. Wenn du fortfährst, arbeitet es künftig für diese Installation.",
    numbers: "Nummern, die das Relay benutzen werden",
    notFree: "geht zurzeit an eine andere Adresse",
    noNumbers: "Dieses Konto hat noch keine Nummer.",
    duration: "Das dauert ein bis zwei Minuten.",
    setUp: "Relay einrichten",
    repair: "Relay reparieren",
  },
  steps: {
    title: "Fortschritt",
    names: {
      house: "Home Assistant nach seiner Adresse fragen",
      answers: "Sync Service anlegen",
      service: "Functions Service anlegen",
      environment: "Environment des Service anlegen",
      variables: "Variablen setzen",
      functions: "Functions hochladen",
      build: "Warten, bis Twilio die Functions gebaut hat",
      deploy: "Functions bereitstellen",
      test: "Den gesamten Weg testen",
      numbers: "Das Relay bei den Nummern eintragen",
      numbers_back: "Vorherige Einstellungen der Nummern wiederherstellen",
      calls: "Warten, bis offene Anrufe beendet sind",
      removal: "Löschen, was angelegt wurde",
    },
    failedAt: (step) => `Dieser Schritt ist fehlgeschlagen: ${step}.`,
    failedThen: "Drücke erneut auf den Knopf, um hier fortzufahren. Nichts wird doppelt angelegt.",
  },
  ready: {
    address: "Adresse",
    test: "Letzter Test",
    tested: (ms) => `Von Twilios Cloud zur App und zurück in ${ms} ms`,
    notTested: "Seit dem Start der App nicht getestet",
    problems: {
      no_address:
        "Home Assistant ist von außen nicht mehr erreichbar. Melde dich bei Home Assistant Cloud an, oder trage eine Internet-Adresse für Home Assistant ein; das Relay arbeitet dann von selbst weiter.",
      not_registered:
        "Home Assistant gibt die Anfragen des Relays nicht an die App weiter. Die App versucht es erneut; wenn das so bleibt, starte Home Assistant neu.",
      foreign:
        "Eine andere Installation hat das Relay geändert, deshalb verwendet diese App es nicht mehr. Drücke auf „Relay reparieren“, um es hier wieder zu verwenden.",
      edited:
        "Jemand hat die Function bearbeitet, deshalb aktualisiert die App sie nicht. Drücke auf „Relay reparieren“, um sie zu ersetzen.",
      gone: "Das Relay gibt es in deinem Twilio-Konto nicht mehr. Drücke auf „Relay reparieren“, oder entferne es.",
      test_failed: "Der letzte Test ist fehlgeschlagen. Der Grund steht im Protokoll der App.",
    },
  },
  usage: {
    title: "Nutzung in diesem Monat",
    none: "Twilio hat noch nichts gezählt.",
    note: "Von Twilio gemeldete Zahlen für alle Functions und Sync-Dienste des Kontos.",
  },
  remove: {
    title: "Relay entfernen",
    intro:
      "Löscht den Functions Service, den Sync Service und den Cloudhook. Nummern, die das Relay noch verwenden, erhalten ihre vorherigen Einstellungen. Tu dies, bevor du die App deinstallierst.",
    button: "Relay entfernen",
  },
};
