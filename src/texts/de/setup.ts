import type { SetupTexts } from "../en/setup.ts";

export const SETUP_DE: SetupTexts = {
  toDo: (count) => (count === 1 ? "1 Punkt braucht Sie" : `${count} Punkte brauchen Sie`),
  allGood: "Alles in Ordnung",
  unsettled: (count) =>
    count === 1
      ? "Nichts zu tun; 1 Punkt ist noch nicht geklärt"
      : `Nichts zu tun; ${count} Punkte sind noch nicht geklärt`,
  asking: "Twilio wird gefragt …",
  reloadForMore: "Laden Sie diese Seite in einigen Sekunden neu, um den Rest zu sehen.",
  account: {
    full: "volles Konto",
    trial: "Testkonto",
    trialNote:
      "Ein Testkonto erreicht nur Nummern, die Sie bei Twilio bestätigt haben, und setzt vor jeden Text einen Satz.",
    balance: (amount) => `Guthaben: ${amount}`,
    notActive: (status) => `Twilio nennt es ${status}`,
    notActiveNote:
      "Bis es aktiv ist, geht nichts hinaus und kommt nichts herein. Warum, sagt Twilios Konsole.",
    hidden: "Die Zugangsdaten sind angenommen",
    hiddenNote:
      "Dieser API-Schlüssel darf Namen und Guthaben des Kontos nicht lesen; die App braucht beides nicht.",
    refused: "Twilio weist die Zugangsdaten ab",
    refusedNote:
      "Übertragen Sie Account SID und Auth Token von der ersten Seite der Twilio-Konsole in die Konfiguration der App und starten Sie die App neu.",
    away: "Twilio antwortet nicht",
    awayNote:
      "Wenn das anhält, prüfen Sie, ob dieses Haus das Internet erreicht. Die App versucht es weiter.",
  },
  scripts: {
    name: "Aktionen in Home Assistant",
    loaded: "Vorhanden",
    missing: (names) => `Es fehlen: ${names}`,
    missingNote:
      "Sehen Sie in den Benachrichtigungen von Home Assistant nach: Dort sagt die App, warum sie sie nicht anlegen konnte. Sie kommen bei jedem Start der App, solange die Option install_scripts eingeschaltet ist.",
    unknown: "Nicht bekannt",
    unknownNote: "Home Assistant war gerade nicht zu fragen.",
  },
  reach: {
    name: "Aus dem Internet",
    verdicts: {
      reached: "Die Adresse führt hierher",
      reached_inside: "Die Adresse führt hierher, von innen gesehen",
      reached_by_twilio: "Twilio hat die App erreicht",
      failed_before: "Die Adresse führt hierher, aber Twilio ist zuletzt gescheitert",
      failed: "Twilio erreicht die App nicht",
      other: "Dort antwortet etwas anderes",
      redirected: "Die Adresse leitet zu einer anderen weiter",
      untrusted: "Das Zertifikat ist nicht gültig",
      unreachable: "Aus dem Haus heraus nicht erreicht",
    },
    notes: {
      reached: () => "Von der App selbst gefragt, das Zertifikat geprüft",
      reached_inside: () =>
        "Wartet auf Twilios ersten Webhook. Schreiben Sie eine Nachricht an Ihre Nummer: Kommt sie an, ist das geklärt.",
      reached_by_twilio: () =>
        "Die App erreicht ihre eigene Adresse von innen nicht. Viele Router können nicht zurück ins Haus führen; das macht nichts.",
      failed_before: () =>
        "Schreiben Sie eine Nachricht an Ihre Nummer: Der nächste Webhook, der durchkommt, klärt es.",
      failed: () =>
        "Prüfen Sie, ob Ihre Adresse per HTTPS mit gültigem Zertifikat zu Port 8080 der App führt.",
      other: (status) =>
        `Die Antwort war HTTP ${status} und kam nicht von dieser App. Lassen Sie Ihren Proxy oder Tunnel diese Adresse samt Pfad zu Port 8080 der App führen.`,
      redirected: () =>
        "Twilio verliert beim Weiterleiten, was es sendet. Tragen Sie als public_url die Adresse ein, zu der sie führt.",
      untrusted: (code) =>
        `Twilio weist es ebenfalls ab (${code}). Besorgen Sie ein Zertifikat für diesen Namen, etwa von Let's Encrypt, oder verwenden Sie einen Tunnel.`,
      unreachable: (code) =>
        `Viele Router können nicht zurück ins Haus führen, darum heißt das allein wenig (${code}). Schreiben Sie eine Nachricht an Ihre Nummer: Kommt sie an, ist alles gut.`,
    },
    lastFailure: "Twilios letzter Fehlschlag:",
    reachedPlainly: "Von der App selbst gefragt, per HTTP ohne Verschlüsselung",
  },
  notifier: {
    ready: { sms: "Sendet Nachrichten", call: "Ruft an" },
    paused: "Angehalten",
    pausedNote: (platform) =>
      `Home Assistants eigenes ${platform} ist geladen und würde alles ein zweites Mal senden. Löschen Sie in configuration.yaml unter notify: seinen Eintrag mit platform: ${platform}, und setzen Sie dies an seine Stelle:`,
    pausedThen:
      "Starten Sie dann Home Assistant neu. Durch die leere Gruppe bleibt Ihren Automationen die Aktion erhalten. Heißt der Notifier von Home Assistant anders, schalten Sie stattdessen bei diesem Notifier beside_core ein.",
    missing: "Die Aktion gibt es nicht",
    missingNote:
      "In Home Assistant gibt es diese Aktion nicht; jede Automation, die sie verwendet, schlägt fehl. Fügen Sie dies in configuration.yaml ein. Steht notify: schon dort, fügen Sie nur die Zeilen darunter ein:",
    missingThen: "Starten Sie dann Home Assistant neu.",
    unknown: "Noch nicht bekannt",
    unknownNote: "Die App konnte bei Home Assistant noch nicht abfragen, ob es die Aktion gibt.",
    yaml: "configuration.yaml",
  },
  numbers: {
    title: "Ihre Nummern",
    none: "Dieses Konto hat noch keine Nummer. Kaufen Sie eine in Twilios Konsole.",
    away: "Twilio antwortet nicht, darum sind die Nummern nicht bekannt.",
    refused: "Twilio lässt diese Zugangsdaten die Nummern nicht sehen.",
    capabilities: (messages, calls) =>
      messages && calls
        ? "Nachrichten und Anrufe"
        : messages
          ? "Nachrichten"
          : calls
            ? "Anrufe"
            : "Weder Nachrichten noch Anrufe",
    messages: "Nachrichten",
    calls: "Anrufe",
    uses: {
      ours: "kommen zu Home Assistant",
      other: "gehen anderswohin",
      empty: "gehen nirgendwohin",
      unable: "nicht möglich",
      overruled: "werden anderswo bestimmt",
    },
    service: (name) =>
      `Der Messaging Service „${name}“ bestimmt über die Nachrichten dieser Nummer. Öffnen Sie in Twilios Konsole seine Integration und wählen Sie „Defer to sender's webhook“.`,
    trunk:
      "Ihre Anrufe gehen zu einem SIP-Trunk. Nehmen Sie die Nummer in Twilios Konsole vom Trunk, um sie hier zu haben.",
    setUp: "Diese Nummer einrichten",
    view: "Ansehen",
  },
  number: {
    title: (number) => `Nummer ${number}`,
    intro: "Das tut Twilio mit dem, was bei der Nummer ankommt, und das wird es tun.",
    setting: "Einstellung",
    now: "Jetzt",
    then: "Danach",
    empty: "nichts",
    names: {
      message: "Eine Nachricht kommt an",
      messageFallback: "… wenn das scheitert",
      call: "Ein Anruf kommt an",
      callFallback: "… wenn das scheitert",
      status: "Ein Anruf ändert sich",
      messageApplication: "Anwendung für Nachrichten",
      callApplication: "Anwendung für Anrufe",
    },
    confirm: "Bei Twilio so eintragen",
    isSetUp: "Diese Nummer ist eingerichtet: Was bei ihr ankommt, kommt zu Home Assistant.",
    isOverruled:
      "Die Adressen der App sind bei dieser Nummer eingetragen, bestimmen aber nicht über alles, was bei ihr ankommt: siehe oben.",
    needsAddress:
      "Zuerst muss die App ihre öffentliche Adresse kennen: Tragen Sie sie in der Konfiguration als public_url ein.",
    putBackTitle: "Zurücksetzen",
    putBackIntro: "Die App weiß noch, was vorher hier stand, und kann es wieder eintragen.",
    putBack: "Wieder eintragen, was vorher war",
    back: "Zurück",
    done: "Twilio hat es übernommen.",
    absent: "Dieses Konto hat keine solche Nummer.",
    refused: "Twilio lässt diese Zugangsdaten die Nummern nicht sehen. Es wurde nichts geändert.",
    away: "Twilio antwortet nicht. Es wurde nichts geändert; versuchen Sie es später noch einmal.",
    changed:
      "Die Nummer hat sich geändert, seit Sie sie gesehen haben; darum wurde nichts eingetragen. Sehen Sie noch einmal hin.",
    on_trunk:
      "Vorher bestimmte eine Anwendung über die Anrufe dieser Nummer, jetzt ein SIP-Trunk. Die Anwendung einzutragen nähme die Nummer von ihrem Trunk, darum wird nichts eingetragen. Nehmen Sie sie zuerst in Twilios Konsole vom Trunk.",
    failed: "Twilio hat es nicht übernommen:",
  },
  test: {
    title: "Ausprobieren",
    intro:
      "Sendet eine echte Nachricht oder ruft wirklich an, genau wie eine Automation es täte. Twilio berechnet es.",
    what: "Was",
    message: "Nachricht",
    call: "Anruf",
    to: "An",
    toHint: "Ein Kontakt oder eine Nummer mit Ländervorwahl",
    text: "Text",
    textHint: "In einer Nachricht geschrieben, in einem Anruf gesprochen",
    send: "Senden",
    faults: {
      kind: "Es wurde nichts gesendet: Wählen Sie Nachricht oder Anruf.",
      noRecipient:
        "Es wurde nichts gesendet: Geben Sie unter „An“ einen Kontakt ein oder eine Nummer mit Landesvorwahl.",
      longRecipient: (count, most) =>
        `Es wurde nichts gesendet: „An“ hat ${count} Zeichen und darf höchstens ${most} haben. Geben Sie einen Kontakt oder eine Nummer ein.`,
      noText: "Es wurde nichts gesendet: Geben Sie einen Text ein.",
      longText: (count, most) =>
        `Es wurde nichts gesendet: Der Text hat ${count} Zeichen und darf höchstens ${most} haben. Kürzen Sie ihn.`,
    },
    sample: "Hallo von Home Assistant.",
    stages: {
      heard: "Wartet auf Home Assistant",
      sending: "Wird Twilio übergeben",
      under_way: "Unterwegs",
      done: "Fertig",
      failed: "Fehlgeschlagen",
      unknown: "Nicht oder nicht mehr bekannt",
    },
    statuses: {
      accepted: "Twilio hat es angenommen",
      scheduled: "Bei Twilio vorgemerkt",
      queued: "Bei Twilio in der Schlange",
      sending: "Twilio sendet",
      sent: "Dem Netz übergeben",
      delivered: "Zugestellt",
      read: "Gelesen",
      undelivered: "Nicht zugestellt",
      failed: "Fehlgeschlagen",
      canceled: "Abgebrochen",
      initiated: "Wählt",
      ringing: "Klingelt",
      "in-progress": "Angenommen, im Gespräch",
      completed: "Der Anruf ist vorbei",
      busy: "Besetzt",
      "no-answer": "Niemand hat abgenommen",
    },
    moreInfo: "Mehr zu diesem Fehler",
  },
};
