import type { RelayTexts } from "../en/relay.ts";

export const RELAY_DE: RelayTexts = {
  title: "Empfangen ohne offenen Port",
  intro:
    "Das Webhook-Relay ist eine kleine Function in deinem eigenen Twilio-Konto. Es reicht Anrufe und Nachrichten von Twilio an die Adresse von Home Assistant weiter, verschlüsselt für diese App. Du brauchst also weder eine zweite öffentliche Adresse noch einen offenen Port.",
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
      "Home Assistant ist von außen nicht erreichbar. Melde dich bei Home Assistant Cloud an, oder trage unter Einstellungen → System → Netzwerk (Feld „Internet“) eine Adresse für Home Assistant ein. Bis dahin ruft die App Nachrichten alle 15 Sekunden ab und kann keine Anrufe empfangen.",
    forbidden:
      "Diese Zugangsdaten dürfen Twilio Functions und Sync nicht benutzen. Verwende den Auth Token des Kontos oder einen Standard-API-Schlüssel; ein eingeschränkter Schlüssel kann das nicht.",
    twilio_away: "Twilio antwortet gerade nicht. Lade diese Seite später neu.",
  },
  plan: {
    title: "Was angelegt wird",
    service: (name) =>
      `In deinem Twilio-Konto: ein Functions Service namens ${name} mit sechs kleinen Functions`,
    sync: (name) => `In deinem Twilio-Konto: ein Sync Service namens ${name} für die Antworten der App`,
    cloudhook: "In Home Assistant: ein Webhook und eine Adresse bei Home Assistant Cloud dafür (Cloudhook)",
    externalUrl:
      "In Home Assistant: ein Webhook, erreichbar über die Internet-Adresse, die du in Home Assistant eingetragen hast",
    credentials:
      "Die Functions können die Zugangsdaten deines Kontos benutzen; die Zugangsdaten bleiben bei Twilio.",
    cost: "Twilio berechnet Functions und Sync nach Nutzung. Ein Haushalt mit 20 Nachrichten und 10 Anrufen am Tag verursacht etwa 4.500 Anfragen an die Functions im Monat. Zurzeit sind die ersten 10.000 Anfragen im Monat kostenlos. Siehe Twilios Preisseiten.",
    foreign:
      "Ein Relay mit diesem Namen gibt es schon. Es gehört zu einer anderen Installation dieser App, oder diese App hat es angelegt und danach ihre Daten verloren. Wenn du fortfährst, übernimmt diese Installation das Relay.",
    numbers: "Nummern, die das Relay benutzen werden",
    notFree: "geht zurzeit an eine andere Adresse",
    noNumbers: "Dieses Konto hat noch keine Nummer.",
    duration: "Die Einrichtung dauert ein bis zwei Minuten.",
    setUp: "Relay einrichten",
    repair: "Relay reparieren",
  },
  steps: {
    title: "Fortschritt",
    names: {
      house: "Home Assistant nach seiner Adresse fragen",
      answers: "Sync Service anlegen",
      service: "Functions Service anlegen",
      environment: "Environment des Functions Service anlegen",
      variables: "Variablen der Functions setzen",
      functions: "Functions hochladen",
      build: "Warten, bis Twilio die Functions gebaut hat",
      deploy: "Functions bereitstellen",
      test: "Den gesamten Weg testen",
      numbers: "Die Adresse des Relays bei den Nummern eintragen",
      numbers_back: "Vorherige Einstellungen der Nummern wiederherstellen",
      calls: "Warten, bis offene Anrufe beendet sind",
      removal: "Functions Service, Sync Service und Cloudhook löschen",
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
        "Home Assistant ist von außen nicht mehr erreichbar. Melde dich bei Home Assistant Cloud an, oder trage unter Einstellungen → System → Netzwerk (Feld „Internet“) eine Adresse für Home Assistant ein. Das Relay funktioniert dann von selbst wieder.",
      no_cloudhook:
        "Home Assistant Cloud legt zurzeit keinen Cloudhook an, deshalb ist Home Assistant von außen nicht erreichbar. Die App versucht es erneut. Prüfe in den Einstellungen von Home Assistant, ob es mit Home Assistant Cloud verbunden ist.",
      not_registered:
        "Home Assistant gibt die Anfragen des Relays nicht an die App weiter. Die App versucht es erneut. Wenn diese Meldung bleibt, starte Home Assistant neu.",
      foreign:
        "Eine andere Installation dieser App hat das Relay übernommen, deshalb verwendet diese Installation es nicht mehr. Drücke auf „Relay reparieren“, um das Relay hier wieder zu verwenden.",
      edited:
        "Jemand hat die Function des Relays bei Twilio bearbeitet, deshalb aktualisiert die App sie nicht. Drücke auf „Relay reparieren“, um die bearbeitete Function zu ersetzen.",
      gone: "Das Relay gibt es in deinem Twilio-Konto nicht mehr. Drücke auf „Relay reparieren“, oder entferne es.",
      test_failed: "Der letzte Test ist fehlgeschlagen. Der Grund steht im Protokoll der App.",
    },
  },
  usage: {
    title: "Nutzung in diesem Monat",
    none: "Twilio hat noch nichts gezählt.",
    note: "Diese Zahlen kommen von Twilio und gelten für alle Functions und Sync Services des Kontos.",
  },
  remove: {
    title: "Relay entfernen",
    intro:
      "Die App löscht den Functions Service, den Sync Service und den Cloudhook. Nummern, die das Relay noch verwenden, erhalten wieder ihre vorherigen Einstellungen. Entferne das Relay, bevor du die App deinstallierst.",
    button: "Relay entfernen",
  },
};
