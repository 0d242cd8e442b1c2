import type { SetupTexts } from "../en/setup.ts";

export const SETUP_DE: SetupTexts = {
  toDo: (count) =>
    count === 1
      ? "1 Problem braucht deine Aufmerksamkeit"
      : `${count} Probleme brauchen deine Aufmerksamkeit`,
  allGood: "Alles funktioniert",
  unsettled: (count) =>
    count === 1
      ? "Keine Probleme; 1 Prüfung ist noch offen"
      : `Keine Probleme; ${count} Prüfungen sind noch offen`,
  asking: "Twilio wird abgefragt …",
  reloadForMore: "Lade diese Seite in einigen Sekunden neu, um den Rest zu sehen.",
  account: {
    full: "reguläres Konto",
    trial: "Testkonto",
    trialNote:
      "Ein Testkonto sendet und spricht nur Beispieltexte von Twilio. Es erreicht nur Nummern, die du bei Twilio bestätigt hast. Stelle das Konto in der Twilio-Konsole auf ein reguläres Konto um („Upgrade“).",
    balance: (amount) => `Guthaben: ${amount}`,
    notActive: (status) => `Status des Kontos: ${status}`,
    notActiveNote:
      "Bis das Konto aktiv ist, wird nichts gesendet oder empfangen. Der Grund steht in der Twilio-Konsole.",
    hidden: "Die Zugangsdaten sind gültig",
    hiddenNote:
      "Dieser API-Schlüssel darf Namen und Guthaben des Kontos nicht lesen. Die App braucht beides nicht.",
    refused: "Twilio lehnt die Zugangsdaten ab",
    refusedNote:
      "Übertrage Account SID und Auth Token von der ersten Seite der Twilio-Konsole in die Konfiguration der App. Starte dann die App neu.",
    away: "Twilio antwortet nicht",
    awayNote:
      "Wenn Twilio nach einigen Minuten noch nicht antwortet, prüfe deine Internetverbindung. Die App versucht es weiter.",
  },
  scripts: {
    name: "Aktionen in Home Assistant",
    loaded: "Verfügbar",
    missing: (names) => `Es fehlen: ${names}`,
    missingNote:
      "Der Grund steht in den Benachrichtigungen von Home Assistant. Die App versucht es bei jedem Start erneut, solange die Option install_scripts eingeschaltet ist.",
    unknown: "Noch nicht geprüft",
    unknownNote: "Home Assistant hat noch nicht geantwortet.",
  },
  reach: {
    name: "Erreichbarkeit aus dem Internet",
    verdicts: {
      reached: "Die Adresse führt zu dieser App",
      reached_inside: "Die Adresse führt zu dieser App, geprüft aus deinem Netzwerk",
      reached_by_twilio: "Twilio hat die App erreicht",
      failed_before:
        "Die Adresse führt zu dieser App, aber der letzte Webhook von Twilio bekam keine brauchbare Antwort",
      failed: "Twilio erreicht die App nicht",
      other: "Unter dieser Adresse antwortet ein anderer Server",
      redirected: "Die Adresse leitet zu einer anderen weiter",
      untrusted: "Das Zertifikat ist nicht gültig",
      unreachable: "Aus deinem Netzwerk nicht erreichbar",
    },
    notes: {
      reached: () => "Die App hat die Adresse und ihr Zertifikat geprüft",
      reached_inside: () =>
        "Wartet auf den ersten Webhook von Twilio. Sende eine Nachricht an deine Nummer: Kommt sie an, ist die Prüfung abgeschlossen.",
      reached_by_twilio: () =>
        "Aus deinem Netzwerk erreicht die App ihre eigene Adresse nicht, weil viele Router das nicht unterstützen. Das ist kein Problem.",
      failed_before: () =>
        "Sende eine Nachricht an deine Nummer: Der nächste Webhook, der ankommt, schließt die Prüfung ab.",
      failed: () => "Prüfe, ob deine Adresse per HTTPS mit gültigem Zertifikat zu Port 8080 der App führt.",
      other: (status) =>
        `Dieser Server antwortet mit HTTP ${status} und ist nicht diese App. Leite diese Adresse samt Pfad in deinem Proxy oder Tunnel zu Port 8080 der App.`,
      redirected: () =>
        "Wird ein Webhook weitergeleitet, gehen die Daten von Twilio verloren. Trage als public_url die Adresse ein, zu der diese Adresse weiterleitet.",
      untrusted: (code) =>
        `Auch Twilio lehnt dieses Zertifikat ab (${code}). Besorge ein Zertifikat für diesen Namen, zum Beispiel von Let's Encrypt, oder verwende einen Tunnel.`,
      unreachable: (code) =>
        `Viele Router unterstützen diese Prüfung nicht, daher funktioniert die Adresse vielleicht trotzdem (${code}). Sende eine Nachricht an deine Nummer: Kommt sie an, funktioniert alles.`,
    },
    lastFailure: "Letzter Fehler bei Twilio:",
    reachedPlainly: "Die App hat die Adresse per HTTP ohne Verschlüsselung geprüft",
  },
  notifier: {
    ready: { sms: "Sendet Nachrichten", call: "Ruft an" },
    paused: "Pausiert",
    pausedNote: (platform) =>
      `Home Assistants eigene Plattform ${platform} ist geladen und würde alles ein zweites Mal senden. Lösche in configuration.yaml unter notify: den Eintrag mit platform: ${platform}, und setze dies an seine Stelle:`,
    pausedThen:
      "Starte dann Home Assistant neu. Die notify-Gruppe hat keine Mitglieder. Sie sorgt nur dafür, dass es die Aktion für deine Automationen weiterhin gibt. Heißt der Benachrichtigungsdienst von Home Assistant anders, setze stattdessen bei diesem Benachrichtigungsdienst die Option beside_core auf true.",
    missing: "Die Aktion gibt es nicht",
    missingNote:
      "In Home Assistant gibt es diese Aktion nicht; jede Automation, die sie verwendet, schlägt fehl. Füge dies in configuration.yaml ein. Steht notify: schon dort, füge nur die Zeilen darunter ein:",
    missingThen: "Starte dann Home Assistant neu.",
    unknown: "Noch nicht bekannt",
    unknownNote: "Die App konnte noch nicht prüfen, ob es diese Aktion in Home Assistant gibt.",
    yaml: "configuration.yaml",
  },
  numbers: {
    title: "Deine Nummern",
    none: "Dieses Konto hat noch keine Nummer. Kaufe eine in der Twilio-Konsole.",
    away: "Twilio antwortet nicht, daher sind die Nummern nicht bekannt.",
    refused: "Diese Zugangsdaten haben keine Berechtigung, die Nummern zu lesen.",
    capabilities: (messages, calls) =>
      messages && calls
        ? "Nachrichten und Anrufe"
        : messages
          ? "Nachrichten"
          : calls
            ? "Anrufe"
            : "Weder Nachrichten noch Anrufe",
    messages: "Eingehende Nachrichten",
    calls: "Eingehende Anrufe",
    uses: {
      ours: "gehen an Home Assistant",
      other: "gehen an eine andere Adresse",
      empty: "werden nicht verarbeitet",
      unable: "sind nicht möglich",
      overruled: "steuert ein anderer Dienst von Twilio",
    },
    service: (name) =>
      `Der Messaging Service „${name}“ steuert die Nachrichten dieser Nummer. Öffne in der Twilio-Konsole die Seite „Integration“ dieses Dienstes und wähle „Defer to sender's webhook“.`,
    trunk:
      "Ein SIP-Trunk bei Twilio empfängt die Anrufe dieser Nummer. Damit sie bei der App ankommen, entferne die Nummer in der Twilio-Konsole aus dem SIP-Trunk.",
    setUp: "Diese Nummer einrichten",
    view: "Anzeigen",
  },
  number: {
    title: (number) => `Nummer ${number}`,
    intro:
      "Die Tabelle zeigt, was Twilio bei einer eingehenden Nachricht oder einem eingehenden Anruf jetzt tut und was Twilio mit den neuen Einstellungen tut.",
    setting: "Einstellung",
    now: "Jetzt",
    then: "Neu",
    empty: "nichts",
    names: {
      message: "Eine Nachricht geht ein",
      messageFallback: "… wenn das fehlschlägt",
      call: "Ein Anruf geht ein",
      callFallback: "… wenn das fehlschlägt",
      status: "Status eines Anrufs ändert sich",
      messageApplication: "TwiML App für Nachrichten",
      callApplication: "TwiML App für Anrufe",
    },
    confirm: "Neue Einstellungen bei Twilio speichern",
    isSetUp: "Diese Nummer ist eingerichtet. Ihre Nachrichten und Anrufe gehen an Home Assistant.",
    isOverruled:
      "Die Adressen der App sind bei dieser Nummer eingetragen, aber ein Messaging Service oder ein SIP-Trunk steuert ihre Nachrichten oder Anrufe. Siehe oben.",
    needsAddress:
      "Die App kennt ihre öffentliche Adresse noch nicht. Richte das Relay ein, oder trage die Adresse in der Konfiguration der App als public_url ein.",
    restoreTitle: "Wiederherstellen",
    restoreIntro: "Die App hat die vorherigen Einstellungen dieser Nummer gespeichert.",
    restore: "Vorherige Einstellungen wiederherstellen",
    back: "Zurück",
    done: "Twilio hat die Einstellungen gespeichert.",
    absent: "Diese Nummer gibt es in deinem Konto nicht.",
    refused: "Diese Zugangsdaten haben keine Berechtigung, die Nummern zu lesen. Es wurde nichts geändert.",
    away: "Twilio antwortet nicht. Es wurde nichts geändert. Versuche es später erneut.",
    changed:
      "Die Einstellungen dieser Nummer haben sich geändert, seit du diese Seite geöffnet hast. Es wurde nichts gespeichert. Prüfe die Einstellungen und versuche es erneut.",
    on_trunk:
      "Ein SIP-Trunk bei Twilio empfängt jetzt die Anrufe dieser Nummer. Die vorherigen Einstellungen würden die Nummer aus dem SIP-Trunk entfernen, weil sie eine TwiML App für Anrufe enthalten. Deshalb stellt die App diese Einstellungen nicht wieder her. Entferne zuerst die Nummer in der Twilio-Konsole aus dem SIP-Trunk.",
    failed: "Twilio hat die Einstellungen abgelehnt:",
  },
  test: {
    title: "Ausprobieren",
    intro:
      "Sendet eine echte Nachricht oder startet einen echten Anruf, so wie eine Automation. Twilio berechnet dafür Gebühren.",
    what: "Art",
    message: "Nachricht",
    call: "Anruf",
    to: "An",
    toHint: "Ein Kontakt oder eine Nummer mit Ländervorwahl",
    text: "Text",
    textHint: "Wird als Nachricht gesendet oder im Anruf gesprochen",
    send: "Senden",
    faults: {
      kind: "Es wurde nichts gesendet: Wähle Nachricht oder Anruf.",
      noRecipient:
        "Es wurde nichts gesendet: Gib unter „An“ einen Kontakt ein oder eine Nummer mit Ländervorwahl.",
      longRecipient: (count, most) =>
        `Es wurde nichts gesendet: „An“ hat ${count} Zeichen und darf höchstens ${most} haben. Gib einen Kontakt oder eine Nummer ein.`,
      noText: "Es wurde nichts gesendet: Gib einen Text ein.",
      longText: (count, most) =>
        `Es wurde nichts gesendet: Der Text hat ${count} Zeichen und darf höchstens ${most} haben. Kürze ihn.`,
    },
    sample: "Hallo von Home Assistant.",
    stages: {
      pending: "Wartet auf Home Assistant",
      sending: "Wird an Twilio gesendet",
      under_way: "Läuft",
      done: "Fertig",
      failed: "Fehlgeschlagen",
      unknown: "Ergebnis nicht bekannt",
    },
    statuses: {
      accepted: "Von Twilio angenommen",
      scheduled: "Bei Twilio geplant",
      queued: "Bei Twilio in der Warteschlange",
      sending: "Twilio sendet",
      sent: "An den Netzbetreiber übergeben",
      delivered: "Zugestellt",
      read: "Gelesen",
      undelivered: "Nicht zugestellt",
      failed: "Fehlgeschlagen",
      canceled: "Abgebrochen",
      initiated: "Wird gewählt",
      ringing: "Klingelt",
      "in-progress": "Angenommen",
      completed: "Anruf beendet",
      busy: "Besetzt",
      "no-answer": "Nicht angenommen",
    },
    moreInfo: "Mehr zu diesem Fehler",
  },
};
