import type { NotificationTexts } from "../en/notifications.ts";

export const NOTIFICATIONS_DE: NotificationTexts = {
  configuration: (path) => (path === null ? "der Optionsdatei" : `der [Konfiguration der App](${path})`),
  credentials: {
    title: "Twilio: Die Zugangsdaten werden abgelehnt",
    message: (configuration) =>
      `Twilio lehnt die Zugangsdaten der App ab (Fehler 20003). Deshalb kann nichts gesendet und niemand angerufen werden. Prüfe account_sid und auth_token in ${configuration}, oder api_key_sid und api_key_secret, wenn du einen API-Schlüssel verwendest. Vielleicht wurde der Auth Token ersetzt, der API-Schlüssel gelöscht oder eingeschränkt, oder das Konto gesperrt.`,
  },
  options: {
    title: "Twilio: Die Optionen der App brauchen eine Korrektur",
    correct: (configuration) => `Korrigiere diese Optionen in ${configuration}, und starte dann die App neu.`,
    cannotStartTitle: "Twilio: Die App kann nicht starten",
    correctToStart: (configuration) => `Korrigiere das in ${configuration}, und starte dann die App.`,
  },
  signatures: {
    title: "Twilio: Webhooks werden abgewiesen",
    message: (option, configuration, expected) =>
      `Mehrere Webhooks für dein Konto wurden abgewiesen, weil ihre Signatur falsch ist. Deshalb erreichen Anrufe und Nachrichten Home Assistant nicht. Dafür gibt es zwei wahrscheinliche Gründe. Erstens kann ${option} in ${configuration} falsch sein: Vielleicht gehört der Wert zu einem anderen Konto, oder er wurde bei Twilio ersetzt. Trage während des Wechsels den alten Token als auth_token_previous ein. Zweitens kann die Adresse in der Twilio-Konsole von der Adresse abweichen, die die App erwartet. ${expected}`,
    addressUnknown:
      "Die App kennt ihre Adresse noch nicht und verwendet deshalb den Header Host jedes Webhooks. Ein Proxy kann diesen Header ändern oder den Port daraus entfernen. Trage public_url ein, oder lass den Proxy Host unverändert weitergeben (in NGINX: proxy_set_header Host $http_host).",
    addressKnown: (address) =>
      `Die App erwartet ${address}/webhook, weil public_url ${address} ist oder die App diese Adresse erkannt hat. Hat die App eine falsche Adresse erkannt, drücke auf der Seite der App auf „Diese Adresse vergessen“, oder trage public_url ein.`,
  },
  unreachable: {
    title: "Twilio: Die App ist nicht erreichbar",
    message: (url, time, reason, configuration) =>
      `Twilio konnte einen Webhook nicht an ${url} zustellen, zuletzt am ${time}. ${reason} Bis das gelöst ist, erreichen Anrufe und Nachrichten Home Assistant nicht. Hat die App jetzt eine andere Adresse, korrigiere public_url in ${configuration}. War die App zu dieser Zeit nur gestoppt, musst du nichts tun. Der nächste Webhook, der ankommt, entfernt diese Benachrichtigung.`,
  },
  relayBusy: {
    title: "Twilio: Das Webhook-Relay hat mehr zu tun als üblich",
    message: (count) =>
      `Das Webhook-Relay hat heute mehr als ${count} Anfragen weitergegeben, und Twilio berechnet jede Anfrage. Sieh auf der Seite „Aktivität“ der App nach. Vielleicht ruft eine Automation immer wieder an, sendet immer wieder Nachrichten oder hält immer wieder Anrufe offen. Die Option relay: per_day bestimmt, ab wann diese Benachrichtigung erscheint.`,
  },
  failed: {
    title: {
      send_message: (origin) => `Twilio: Eine Nachricht von ${origin} ist fehlgeschlagen`,
      make_call: (origin) => `Twilio: Ein Anruf von ${origin} ist fehlgeschlagen`,
    },
    unknownTitle: {
      send_message: (origin) =>
        `Twilio: Es ist nicht bekannt, ob eine Nachricht von ${origin} gesendet wurde`,
      make_call: (origin) => `Twilio: Es ist nicht bekannt, ob ${origin} angerufen hat`,
    },
    count: (failed, all) => `Nicht erfolgreich bei ${failed} von ${all} Empfängern:`,
    unknownCount: (failed, all) => `Das Ergebnis ist bei ${failed} von ${all} Empfängern nicht bekannt:`,
    whatTwilioSays: "Erklärung von Twilio",
  },
  account: {
    title: "Twilio: Was dein Konto noch nicht kann",
    intro: "Einige Nachrichten oder Anrufe dieses Kontos werden fehlschlagen:",
    trial:
      "Dies ist ein Testkonto. Es sendet und spricht nur Beispieltexte von Twilio. Es erreicht nur Nummern, die du bei Twilio bestätigt hast (Fehler 21608 und 21219). Die Testzeit endet nach 30 Tagen. Stelle das Konto in der Twilio-Konsole auf ein reguläres Konto um („Upgrade“).",
    unregistered: (number, hasBrand) =>
      `${number} gehört zu keiner genehmigten A2P-10DLC-Kampagne, deshalb blockieren Netze in den USA ihre Nachrichten (Fehler 30034). ${hasBrand ? "Füge sie in der Twilio-Konsole dem Messaging Service einer genehmigten Kampagne hinzu" : "Registriere in der Twilio-Konsole unter Trust Hub, Registrations eine Marke und eine Kampagne"}, oder sende von einer bestätigten gebührenfreien Nummer.`,
    tollFree: {
      unrequested: (number) =>
        `${number} ist eine gebührenfreie Nummer, die nicht bestätigt ist. Ihre Nachrichten in die USA und nach Kanada werden blockiert (Fehler 30032). Beantrage die Bestätigung der Nummer in der Twilio-Konsole.`,
      rejected: (number) =>
        `${number} ist eine gebührenfreie Nummer, deren Bestätigung Twilio abgelehnt hat. Ihre Nachrichten in die USA und nach Kanada werden blockiert (Fehler 30032). Die Twilio-Konsole zeigt den Grund.`,
      pending: (number) =>
        `${number} ist eine gebührenfreie Nummer, deren Bestätigung noch nicht abgeschlossen ist. Bis dahin werden ihre Nachrichten in die USA und nach Kanada blockiert (Fehler 30032).`,
    },
    notEnabled: (country) =>
      `Anrufe in das Land eines Kontakts sind nicht freigegeben: ${country} (Fehler 21215). Um dort anzurufen, gib das Land in der Twilio-Konsole frei: unter den geografischen Berechtigungen für Anrufe (Voice geographic permissions).`,
  },
  scripts: {
    title: "Twilio: Skripte brauchen Aufmerksamkeit",
    unreadable: (names) =>
      `Die App kann ${names} nicht in Home Assistant anlegen. Home Assistant antwortet mit HTTP 500, das heißt: scripts.yaml enthält \`!secret\` oder einen Fehler. Verschiebe das Skript mit \`!secret\` in eine andere Datei, z. B. ein Package, und starte die App neu. Oder füge das YAML aus der Benachrichtigung der App selbst in scripts.yaml ein, und lade die Skripte neu (Einstellungen, Werkzeuge, YAML).`,
    unloaded: (names, isOne) =>
      `${names} ${isOne ? "steht" : "stehen"} in scripts.yaml, aber Home Assistant lädt ${isOne ? "das Skript" : "die Skripte"} nicht. Füge in configuration.yaml die Zeile \`script: !include scripts.yaml\` ein, und starte Home Assistant neu. Stehen deine Skripte in einer anderen Datei, füge dort das YAML aus der Benachrichtigung der App ein. Hast du ${isOne ? "das Skript" : "die Skripte"} deaktiviert, aktiviere ${isOne ? "es" : "sie"} wieder.`,
    refused: (names, reason) =>
      `Home Assistant hat ${names} abgelehnt: ${reason}. Aktualisiere Home Assistant und die App, denn vielleicht passen die Versionen nicht zusammen. Gehört das Zugriffstoken der App keinem Administrator, erstelle ein Zugriffstoken eines Administrators. Oder füge das YAML aus der Benachrichtigung der App selbst in scripts.yaml ein.`,
    foreign: (names, isOne) =>
      `${names} ${isOne ? "stammt" : "stammen"} nicht von der App, deshalb ändert die App daran nichts. Automationen, die ${isOne ? "es" : "sie"} aufrufen, nutzen deine Version. Willst du die Version der App, benenne ${isOne ? "es" : "sie"} um oder lösche ${isOne ? "es" : "sie"}, und starte die App neu.`,
    edited: (names, isOne, newer, own) =>
      `${names} ${isOne ? "wurde" : "wurden"} bearbeitet, deshalb aktualisiert die App ${isOne ? "es" : "sie"} nicht. Die App hat Version ${newer}, und deine beruht auf Version ${own}. Willst du die neuere Version, notiere deine Änderungen, lösche ${isOne ? "es" : "sie"}, und starte die App neu.`,
    and: "und",
  },
  limit: {
    title: "Twilio: Die Tagesgrenze ist erreicht",
  },
  nothingSent: {
    title: (origin) => `Twilio: ${origin} hat nichts gesendet`,
    message: (origin, reason) =>
      `Eine Automation hat ${origin} aufgerufen, aber es wurde nichts gesendet: ${reason}`,
  },
  actionsMissing: {
    title: "Twilio: notify-Aktionen fehlen",
    why: (names) =>
      `In Home Assistant gibt es die Aktion ${names} nicht. Jede Automation, die sie verwendet, schlägt fehl, und es wird nichts gesendet.`,
    add: "1. Füge dies in configuration.yaml ein. Steht `notify:` schon dort, füge nur die Zeilen darunter ein:",
    restart: "2. Starte Home Assistant neu.",
    then: "Diese Gruppen haben keine Mitglieder. Sie legen die Aktionen an, und die App sendet die Nachrichten. Brauchst du einen Benachrichtigungsdienst nicht mehr, lösche diesen Benachrichtigungsdienst in den Optionen der App.",
  },
  paused: {
    title: "Twilio: Benachrichtigungsdienste pausiert",
    why: (names, platforms) =>
      `${names}: pausiert, weil Home Assistants eigene Plattform ${platforms} noch geladen ist und alles ein zweites Mal senden würde.`,
    replace: (platforms) =>
      `1. Lösche in configuration.yaml unter \`notify:\` jeden Eintrag mit ${platforms}, und füge stattdessen dies ein:`,
    restart: "2. Starte Home Assistant neu.",
    then: "Diese Gruppen haben keine Mitglieder. Sie sorgen nur dafür, dass es die Aktionen für deine Automationen weiterhin gibt, und die App sendet die Nachrichten. Lass die anderen Einträge unter `notify:` stehen. Den Schlüssel `notify:` darf es in der Datei nur einmal geben. Heißt der Benachrichtigungsdienst von Home Assistant anders, setze stattdessen bei diesem Benachrichtigungsdienst die Option `beside_core` auf true.",
    and: "und",
  },
  unreadable: {
    title: "Twilio: Ein Auftrag war nicht lesbar",
    message: (time) =>
      `Home Assistant konnte einen Auftrag einer Automation am ${time} nicht an die App weitergeben, deshalb wurde nichts gesendet. Der Auftrag enthielt eine Zahl mit mehr als 64 Bit oder einen anderen Wert, den JSON nicht kennt. Suche die Automation, die zu dieser Zeit lief. Schreibe in dieser Automation eine solche Zahl als Teil eines längeren Textes: \`Nr. {{ number }}\`.`,
  },
  journal: {
    lostTitle: "Twilio: Das Journal ging verloren",
    copyTitle: "Twilio: Das Journal stammt aus einem Backup",
    missing: "Die Datenbank der App (Journal) fehlte.",
    damaged: (file) =>
      `Die Datenbank der App (Journal) war beschädigt und wurde nach ${file} verschoben. Eine beschädigte Datenbank bedeutet oft, dass die SD-Karte defekt ist.`,
    lost: "Die App hat ein neues Journal angelegt. Nachrichten, Anrufe und Ereignisse, die im alten Journal warteten, sind verloren.",
    copied: (time) =>
      `Die App hat das Journal durch die Backup-Kopie vom ${time} ersetzt. Nachrichten und Anrufe, die in dieser Kopie warten, sendet die App nicht, weil sie vielleicht schon gesendet wurden. Nachrichten und Anrufe, die seitdem eingegangen sind, ruft die App bei Twilio ab und kennzeichnet sie als mögliche Wiederholung.`,
    effects:
      "Zehn Minuten lang prüft die App vor jeder Nachricht und jedem Anruf, ob Twilio den Auftrag schon hat. Deshalb können Nachrichten und Anrufe etwas länger dauern.",
  },
};
