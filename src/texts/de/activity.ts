import type { ActivityTexts } from "../en/activity.ts";

const inSeconds = (seconds: number | null): string => (seconds === null ? "" : `, ${seconds} s`);

const counted = (count: number): string => count.toLocaleString("de");

/**
 * The word "somebody" has three forms in German. This one is the dative, after "von" and "mit". `to` makes the
 * accusative, and `by` the nominative.
 */
const SOMEBODY = "jemandem";
const to = (who: string): string =>
  who.startsWith(SOMEBODY) ? `jemanden${who.slice(SOMEBODY.length)}` : who;
const by = (who: string): string => (who.startsWith(SOMEBODY) ? `Jemand${who.slice(SOMEBODY.length)}` : who);

export const ACTIVITY_DE: ActivityTexts = {
  now: {
    title: "Jetzt",
    events: "Wartet auf Home Assistant",
    commands: "Wartet auf Twilio",
    nothing: "Nichts",
    allGood: "Alles in Ordnung",
    restGood: "Alles andere ist in Ordnung",
    checks: (count) => `${counted(count)} Prüfungen`,
    since: "seit",
    more: (count) => `und ${counted(count)} weitere`,
    ageUnverified: "die App fragt Twilio, wie alt dieser Eintrag ist",
    steps: {
      waiting: "noch nicht gesendet oder wartet auf den nächsten Versuch",
      asking: "gesendet; die Antwort von Twilio steht noch aus, oder die App fragt bei Twilio nach",
      sent: "von Twilio angenommen; der Status steht aus",
      done: "erledigt",
    },
    commandNames: { send_message: "Nachricht", make_call: "Anruf", talk: "Schritt in einem Anruf" },
    retried: "Weitere Versuche",
    sinceStart: "Seit dem Start der App",
    retriedHow: { again: "Neuer Versuch für", looked_up: "Bei Twilio nachgefragt, ob dies gesendet wurde:" },
    refused: "Von Home Assistant abgelehnt",
    missed: "Zu spät empfangen",
    missedNote:
      "Home Assistant hat diese Ereignisse als twilio_data_missed erhalten, damit keine Automation verspätet darauf reagiert.",
    webhooks: "Abgewiesene Webhooks",
    webhooksRefused: (count) => `${counted(count)} seit dem Start der App`,
    webhooksWhy: {
      unsigned: "Er hatte keine Signatur von Twilio, kam also nicht von Twilio.",
      wrong_signature:
        "Seine Signatur war nicht gültig. Wenn deine Anrufe und Nachrichten nicht ankommen, vergleiche auth_token und public_url mit der Twilio-Konsole.",
      too_large: "Er war größer als jeder Webhook von Twilio.",
      faulty: "Er hatte nicht das Format der Webhooks von Twilio.",
    },
    last: "zuletzt",
    journal: "Datenbank der App (Journal)",
    journalWhole: "Unbeschädigt",
    journalLost: "Ein früheres Journal ging verloren",
    journalDamaged: "Ein früheres Journal war beschädigt und wurde ersetzt",
    journalFromCopy: "Wiederhergestellt aus der Backup-Kopie vom",
    journalLostNote:
      "Ereignisse und Nachrichten, die im früheren Journal warteten, können verloren sein. Wird ein Journal mehrmals beschädigt, ist oft die SD-Karte defekt.",
    backup: "Letzte Backup-Kopie",
    backupNone: "Noch keine",
    backupNoneNote: "Die App erstellt bei jedem Backup von Home Assistant eine Kopie.",
    backupFailed: "Fehlgeschlagen",
    backupFailedNote: "Der Grund steht im Protokoll der App.",
    megabytes: (bytes) => `${(bytes / 1_048_576).toFixed(1).replace(".", ",")} MB`,
  },
  day: {
    title: "Letzte 24 Stunden",
    messages: "Nachrichten",
    calls: "Anrufe",
    of: (used, limit) => `${counted(used)} von ${counted(limit)}`,
    note: "Jeder Empfänger zählt einzeln. Die Optionen limits.messages_per_day und limits.calls_per_day verhindern, dass eine fehlerhafte Automation dein Twilio-Guthaben aufbraucht.",
    messagesReached:
      "Die Grenze ist erreicht. Die App sendet keine Nachrichten mehr, bis frühere Nachrichten 24 Stunden alt sind. Anrufe sind nicht betroffen.",
    callsReached:
      "Die Grenze ist erreicht. Die App ruft niemanden mehr an, bis frühere Anrufe 24 Stunden alt sind. Nachrichten sind nicht betroffen.",
    noMessages: "Es sind keine Nachrichten erlaubt: limits.messages_per_day ist 0.",
    noCalls: "Es sind keine Anrufe erlaubt: limits.calls_per_day ist 0.",
  },
  history: {
    title: "Verlauf",
    messageFrom: "Nachricht",
    messageTo: "Nachricht gesendet",
    toConversation: (who) => `Unterhaltung mit ${who}`,
    empty: "Noch nichts.",
    older: "Ältere",
    newest: "Neueste",
    pages: "Seiten des Verlaufs",
    toAutomation: "In einer Automation verwenden",
    moreInfo: "Erklärung von Twilio",
    states: {
      pending: "Wartet auf Home Assistant.",
      missed: "Zu spät empfangen: Home Assistant hat das Ereignis als twilio_data_missed erhalten.",
      storedOnly: "Nur gespeichert: Die Option incoming_messages ignoriert Nachrichten von Fremden.",
      refused: "Von Home Assistant abgelehnt:",
    },
    isRepeat:
      "Home Assistant hat dieses Ereignis vielleicht zweimal erhalten. Das zweite Ereignis ist als redelivered markiert.",
    received: {
      incoming_call: (who) => `Anruf von ${who}.`,
      call: (who) => `Twilio hat nach dem nächsten Schritt im Anruf mit ${who} gefragt.`,
      message: (who) => `Nachricht von ${who}.`,
      message_status: (who) => `Neuer Status einer Nachricht an ${to(who)}.`,
      call_status: (who) => `Neuer Status eines Anrufs mit ${who}.`,
      recording: (who) => `Eine Aufnahme von ${who} ist fertig.`,
      other: () => "Twilio hat einen Webhook gesendet, der weder Anruf noch Nachricht ist.",
    },
    pressedKeys: (who) => `Im Anruf mit ${who} wurden Tasten gedrückt.`,
    said: (who) => `Im Anruf mit ${who} wurde etwas gesagt.`,
    fetched: "Die App hat dies nachträglich bei Twilio abgerufen.",
    polled: "Die App hat dies aus Twilios Liste gelesen.",
    messageStatus: (who, status) => `Nachricht an ${to(who)}: ${status}.`,
    callStatus: (who, status, seconds) => `Anruf mit ${who}: ${status}${inSeconds(seconds)}.`,
    recording: (who) => `Eine Aufnahme des Anrufs mit ${who} ist fertig.`,
    statuses: {
      accepted: "angenommen",
      scheduled: "geplant",
      queued: "in der Warteschlange",
      initiated: "wird gewählt",
      sending: "wird gesendet",
      ringing: "es klingelt",
      sent: "gesendet",
      "in-progress": "läuft",
      delivered: "zugestellt",
      partially_delivered: "teilweise zugestellt",
      undelivered: "nicht zugestellt",
      failed: "fehlgeschlagen",
      canceled: "abgebrochen",
      completed: "beendet",
      busy: "besetzt",
      "no-answer": "niemand hat abgenommen",
      read: "gelesen",
    },
    sent: (who) => `Nachricht an ${to(who)}: von Twilio angenommen.`,
    notSent: (who) => `Nachricht an ${to(who)}: fehlgeschlagen.`,
    called: (who) => `Anruf bei ${who}: von Twilio angenommen.`,
    notCalled: (who) => `Anruf bei ${who}: fehlgeschlagen.`,
    maybeSent: (who) => `Nachricht an ${to(who)}: Es ist nicht bekannt, ob sie gesendet wurde.`,
    maybeCalled: (who) => `Anruf bei ${who}: Es ist nicht bekannt, ob angerufen wurde.`,
    alarms: {
      started: () => "Ein Alarm wurde ausgelöst.",
      calling: (who) => `Ein Alarm ruft ${to(who)} an.`,
      repeated: () => "Ein Alarm wurde noch einmal ausgelöst.",
      taken: (who) => `${by(who)} hat einen Alarm übernommen.`,
      closed: () => "Ein Alarm wurde abgeschlossen.",
      unanswered: () => "Ein Alarm endete, ohne dass ihn jemand übernommen hat.",
      stopped: () => "Ein Alarm wurde beendet.",
      blocked: () => "Ein Alarm endete wegen der täglichen Grenze.",
    },
    alarmRequest: "Der Auftrag einer Automation zu einem Alarm wurde ausgeführt.",
    noAlarmRequest: "Der Auftrag einer Automation zu einem Alarm wurde abgelehnt.",
    talked: "Schritt in einem Anruf: erledigt.",
    notTalked: "Schritt in einem Anruf: fehlgeschlagen.",
    requestRefused: "Der Auftrag einer Automation wurde abgelehnt.",
    somebody: SOMEBODY,
    andOthers: (count) => `${counted(count)} weitere`,
  },
  diagnostics: {
    title: "Diagnose",
    note: "Eine Datei für die Person, die dir hilft: Versionen, Anzahlen, Zustände und Fehlercodes. Sie enthält keine Geheimnisse, Telefonnummern, Namen oder Nachrichtentexte.",
    download: "Diagnosedaten herunterladen",
  },
};
