import type { FormTexts } from "../../en/forms.ts";

/** The form of script.twilio_alarm, and of the blueprints that use it. */
export const ALARM_FORMS_DE: FormTexts = {
  "Twilio: raise an alarm": "Twilio: Alarm auslösen",
  "Calls people and sends them messages until one of them takes the alarm. The alarm continues after a restart of Home Assistant or the app.":
    "Ruft Personen an und schreibt ihnen, bis jemand den Alarm übernimmt. Der Alarm läuft weiter, auch wenn Home Assistant oder die App neu startet.",
  Alarm: "Alarm",
  "The name of the alarm. People hear and read it before the message. If an alarm with this name is already in progress, no second alarm starts.":
    "Der Name des Alarms. Alle hören und lesen ihn vor der Nachricht. Läuft schon ein Alarm mit diesem Namen, beginnt kein zweiter.",
  "Water in the cellar": "Wasser im Keller",
  "The text that people hear and read. The app adds how to take the alarm.":
    "Der Text, den alle hören und lesen. Die App ergänzt, wie man den Alarm übernimmt.",
  "The sensor beside the washing machine has found water.":
    "Der Sensor neben der Waschmaschine hat Wasser entdeckt.",
  People: "Personen",
  "Phone numbers with country code, or names of the app's contacts, in the order in which they are called.":
    "Telefonnummern mit Ländervorwahl oder Namen von Kontakten der App, in der Reihenfolge der Anrufe.",
  Channels: "Kanäle",
  "How each person is reached. All channels are used at the same time. Default: call.":
    "Wie jede Person erreicht wird. Alle Kanäle werden gleichzeitig genutzt. Standard: call.",
  "Phone call": "Anruf",
  "Text message": "Textnachricht",
  "Push notification": "Push-Benachrichtigung",
  Do: "Aktion",
  "Whether this action starts, takes or stops the alarm. Default: start.":
    "Ob diese Aktion den Alarm auslöst, übernimmt oder beendet. Standard: start.",
  "Start the alarm": "Alarm auslösen",
  "Take the alarm": "Alarm übernehmen",
  "Stop the alarm": "Alarm beenden",
  "Taken by": "Übernommen von",
  "With `do` set to take: who takes the alarm.": "Wenn `do` auf take steht: wer den Alarm übernimmt.",
  Order: "Reihenfolge",
  "Whether people are called one after another or all at once. Default: one_by_one.":
    "Ob die Personen nacheinander oder alle gleichzeitig angerufen werden. Standard: one_by_one.",
  "One after another": "Nacheinander",
  "All at once": "Alle gleichzeitig",
  "How many seconds a phone rings. Choose a shorter time than voicemail needs to answer. Default: 25.":
    "Wie viele Sekunden ein Telefon klingelt. Wähle eine kürzere Zeit als die, nach der die Mailbox annimmt. Standard: 25.",
  Calls: "Anrufe",
  "How many times in a row a phone is called if nobody answers. Many phones ring at a second call although they are silent. Default: 2.":
    "Wie oft hintereinander ein Telefon angerufen wird, wenn niemand abnimmt. Viele Telefone klingeln beim zweiten Anruf, obwohl sie stumm geschaltet sind. Standard: 2.",
  "Wait for an answer": "Auf eine Antwort warten",
  "How many seconds to wait for an answer to a text or push before the next person is called. Default: 30.":
    "Wie viele Sekunden auf eine Antwort auf eine Text- oder Push-Nachricht gewartet wird, bevor die nächste Person angerufen wird. Standard: 30.",
  Pause: "Pause",
  "How many seconds to wait between two rounds. In a round, each person is called. Default: 60.":
    "Wie viele Sekunden zwischen zwei Runden gewartet wird. In einer Runde wird jede Person angerufen. Standard: 60.",
  Rounds: "Runden",
  "How many rounds there are. If this field is empty, the rounds continue until the time in `give_up_after` is over.":
    "Wie viele Runden es gibt. Ist das Feld leer, gehen die Runden weiter, bis die Zeit in `give_up_after` vorbei ist.",
  "Give up after": "Aufgeben nach",
  "After how many seconds the alarm ends if nobody takes it. Default: 3600.":
    "Nach wie vielen Sekunden der Alarm endet, wenn niemand ihn übernimmt. Standard: 3600.",
  Key: "Taste",
  "What a person presses on a call to take the alarm: 1 to 8 digits. Default: 1.":
    "Was man am Telefon drückt, um den Alarm zu übernehmen: 1 bis 8 Ziffern. Standard: 1.",
  "Key to pass on": "Taste zum Abgeben",
  "What a person presses to pass the alarm on to the next person, who is then called at once. Default: 2.":
    "Was man drückt, um den Alarm an die nächste Person abzugeben, die dann sofort angerufen wird. Standard: 2.",
  Confirm: "Bestätigen",
  "What a person must enter to take the alarm: the key, the key and the contact's PIN, or the key two times. Default: key.":
    "Was man eingeben muss, um den Alarm zu übernehmen: die Taste, die Taste und die PIN des Kontakts oder zweimal die Taste. Standard: key.",
  "The key": "Mit der Taste",
  "The key and the contact's PIN": "Mit der Taste und der PIN des Kontakts",
  "The key two times": "Zweimal mit der Taste",
  "Ask again after": "Nachfragen nach",
  "After how many seconds the person who has the alarm is asked whether they still take care of it. Without an answer, everybody is called again. With 0, nobody is asked. Default: 0.":
    "Nach wie vielen Sekunden die Person, die den Alarm übernommen hat, gefragt wird, ob sie sich noch darum kümmert. Ohne Antwort werden wieder alle angerufen. Bei 0 wird nicht nachgefragt. Standard: 0.",
  "Quiet time": "Ruhezeit",
  "For this many seconds after somebody has taken the alarm, a new start of the alarm calls nobody. Default: 600.":
    "Wenn jemand den Alarm übernommen hat, ruft ein neuer Start des Alarms so viele Sekunden lang niemanden an. Standard: 600.",
  "Tell the others": "Andere informieren",
  "Which people are told that somebody has the alarm. Default: reached.":
    "Wer erfährt, dass jemand den Alarm übernommen hat. Standard: reached.",
  Nobody: "Niemand",
  "People who were called": "Angerufene Personen",
  Everybody: "Alle",
  "If nobody takes it": "Wenn niemand übernimmt",
  "How everybody is told that nobody took the alarm. If the first channel fails, the second is used. If this field is empty: a text message, then a push notification.":
    "Wie alle erfahren, dass niemand den Alarm übernommen hat. Schlägt der erste Kanal fehl, wird der zweite genutzt. Ist das Feld leer: eine Textnachricht, dann eine Push-Benachrichtigung.",
  "The language of all texts of the alarm. If this field is empty, the app's language is used.":
    "Die Sprache aller Texte des Alarms. Ist das Feld leer, gilt die Sprache der App.",
  "The Twilio voice that speaks the text. It must speak the language.":
    "Die Stimme von Twilio, die den Text spricht. Sie muss die Sprache sprechen.",
  "How many times the text is spoken on a call. Default: 2.":
    "Wie oft der Text bei einem Anruf gesprochen wird. Standard: 2.",
  Drill: "Probealarm",
  "Whether this is a drill. Every text then says that it is a drill. Default: false.":
    "Ob dies ein Probealarm ist. Jeder Text sagt dann, dass es ein Probealarm ist. Standard: false.",
  Wait: "Warten",
  "Whether the automation waits until somebody takes the alarm or the alarm ends. If Home Assistant restarts, the automation stops, but the alarm continues. Default: false.":
    "Ob die Automation wartet, bis jemand den Alarm übernimmt oder der Alarm endet. Startet Home Assistant neu, bricht die Automation ab, aber der Alarm läuft weiter. Standard: false.",

  "Twilio: alarm call": "Twilio: Alarmanruf",
  "Calls people one after another until one of them takes the alarm by pressing 1. The alarm continues if Home Assistant, the app or the whole machine restarts. Voicemail cannot press a key, so it cannot take the alarm.\n\nIn the actions, `{{ person.name }}` is the person who took the alarm.":
    "Ruft Personen nacheinander an, bis jemand die 1 drückt und damit den Alarm übernimmt. Der Alarm läuft weiter, auch wenn Home Assistant, die App oder das ganze Gerät neu startet. Eine Mailbox kann keine Taste drücken, deshalb kann sie den Alarm nicht übernehmen.\n\nIn den Aktionen ist `{{ person.name }}` die Person, die den Alarm übernommen hat.",
  "What triggers the alarm": "Was den Alarm auslöst",
  "Name of the alarm": "Name des Alarms",
  "People hear and read this name. Each automation needs a name of its own.":
    "Alle hören und lesen diesen Namen. Jede Automation braucht einen eigenen.",
  "Alarm at home": "Alarm zu Hause",
  "Whom to call": "Wer angerufen wird",
  "Names of the app's contacts, or phone numbers with country code. They are called in this order.":
    "Namen von Kontakten der App oder Telefonnummern mit Ländervorwahl. Sie werden in dieser Reihenfolge angerufen.",
  "The text that people hear and read after the name of the alarm. The app adds which key takes the alarm.":
    "Der Text, den alle nach dem Namen des Alarms hören und lesen. Die App ergänzt, mit welcher Taste man ihn übernimmt.",
  "This is your home. There is an alarm.": "Hier ist dein Zuhause. Es gibt einen Alarm.",
  "Actions when somebody has taken the alarm": "Aktionen, wenn jemand den Alarm übernommen hat",
  "Actions when nobody has taken the alarm": "Aktionen, wenn niemand den Alarm übernommen hat",
  "Actions when the app cannot start the alarm": "Aktionen, wenn die App den Alarm nicht auslösen kann",
  "These actions run if the app is not running or refuses the alarm. In this case, nobody is called.":
    "Diese Aktionen werden ausgeführt, wenn die App nicht läuft oder den Alarm ablehnt. In diesem Fall wird niemand angerufen.",
  "Alarm: nobody was called": "Alarm: Niemand wurde angerufen",
  "The Twilio app did not start the alarm: {{ failure }}":
    "Die Twilio-App hat den Alarm nicht ausgelöst: {{ failure }}",
  Details: "Einzelheiten",
  "How each person is reached. All channels are used at the same time.":
    "Wie jede Person erreicht wird. Alle Kanäle werden gleichzeitig genutzt.",
  "If nobody takes the alarm, it ends after this time.":
    "Wenn niemand den Alarm übernimmt, endet er nach dieser Zeit.",
  "How long the app waits after it has called everybody. Then it calls everybody again.":
    "Wie lange die App wartet, nachdem sie alle angerufen hat. Danach ruft sie wieder alle an.",
  "Choose a shorter time than voicemail needs to answer.":
    "Wähle eine kürzere Zeit als die, nach der die Mailbox annimmt.",
  "After this time, the person who has taken the alarm is asked whether they still take care of it. Without an answer, everybody is called again. With 0, nobody is asked.":
    "Nach dieser Zeit wird die Person, die den Alarm übernommen hat, gefragt, ob sie sich noch darum kümmert. Ohne Antwort werden wieder alle angerufen. Bei 0 wird nicht nachgefragt.",
  "How many times the message is spoken on a call.": "Wie oft die Nachricht bei einem Anruf gesprochen wird.",
  "The language of the texts, such as en-GB. If this field is empty, the app's language is used.":
    "Die Sprache der Texte, z. B. de-AT. Ist das Feld leer, gilt die Sprache der App.",

  "Twilio: a button that calls for help": "Twilio: Hilferuf per Knopf",
  "When somebody presses a button, the app calls people until one of them takes the alarm by pressing 1. Later, this person is asked whether they still take care of it. Without an answer, everybody is called again. The alarm continues if Home Assistant, the app or the whole machine restarts.\n\nThe alarm calls your own people. It does not call the emergency services, and it does not replace a monitoring service.\n\nIn the actions, `{{ person.name }}` is the person who took the alarm.":
    "Wenn jemand einen Knopf drückt, ruft die App Personen an, bis eine von ihnen die 1 drückt und damit den Alarm übernimmt. Später wird diese Person gefragt, ob sie sich noch darum kümmert. Ohne Antwort werden wieder alle angerufen. Der Alarm läuft weiter, auch wenn Home Assistant, die App oder das ganze Gerät neu startet.\n\nDer Alarm ruft deine eigenen Leute an. Er ruft weder Polizei noch Feuerwehr oder Rettungsdienst und ersetzt keinen Wachdienst.\n\nIn den Aktionen ist `{{ person.name }}` die Person, die den Alarm übernommen hat.",
  Button: "Knopf",
  "The trigger of a button, a pendant or a pull cord.":
    "Der Auslöser eines Knopfs, eines Anhängers oder einer Zugschnur.",
  "Who needs help": "Wer Hilfe braucht",
  "The text that people hear and read after the name. The app adds which key takes the alarm.":
    "Der Text, den alle nach dem Namen hören und lesen. Die App ergänzt, mit welcher Taste man den Alarm übernimmt.",
  "The button for help was pressed.": "Der Hilfeknopf wurde gedrückt.",
  "For example, say in the room who is coming.": "Zum Beispiel im Zimmer ansagen, wer kommt.",
  "Help button: nobody was called": "Hilfeknopf: Niemand wurde angerufen",

  "Twilio: water or smoke": "Twilio: Wasser oder Rauch",
  "When a sensor reports water, smoke, gas or carbon monoxide, the app calls people until one of them takes the alarm by pressing 1. Each sensor has its own alarm, so a second sensor does not wait for the first. The alarm continues if Home Assistant, the app or the whole machine restarts.\n\nThe alarm does not replace the siren of a smoke alarm, and it does not call the fire brigade.\n\nIn the actions, `{{ sensor.name }}` is the sensor, and `{{ person.name }}` is the person who took the alarm.":
    "Wenn ein Sensor Wasser, Rauch, Gas oder Kohlenmonoxid meldet, ruft die App Personen an, bis jemand die 1 drückt und damit den Alarm übernimmt. Jeder Sensor hat seinen eigenen Alarm, ein zweiter Sensor wartet also nicht auf den ersten. Der Alarm läuft weiter, auch wenn Home Assistant, die App oder das ganze Gerät neu startet.\n\nDer Alarm ersetzt nicht die Sirene eines Rauchmelders und ruft nicht die Feuerwehr.\n\nIn den Aktionen ist `{{ sensor.name }}` der Sensor und `{{ person.name }}` die Person, die den Alarm übernommen hat.",
  Sensors: "Sensoren",
  "The text that people hear and read after the name of the sensor. The app adds which key takes the alarm.":
    "Der Text, den alle nach dem Namen des Sensors hören und lesen. Die App ergänzt, mit welcher Taste man den Alarm übernimmt.",
  "The sensor has reported a danger in your home.": "Der Sensor hat bei dir zu Hause eine Gefahr gemeldet.",
  "{{ sensor.name }}: nobody was called": "{{ sensor.name }}: Niemand wurde angerufen",
};
