/** A test's file and its title. */
type Test = readonly [file: string, title: string];

/** The promises of SECURITY.md, each with the tests that fail if it is broken. */
export const SECURITY_PROMISES: Readonly<Record<string, readonly Test[]>> = {
  "Without Twilio's valid signature, a webhook fires no event, controls no call and teaches the app no public address.":
    [
      ["test/inbound/webhook.test.ts", "%s is answered with %i, fires no event and is logged in one line"],
      ["test/inbound/learn-address.test.ts", "the app learns no public address from a captured webhook"],
    ],
  "Signatures are compared in constant time.": [
    ["test/twilio/webhooks/verify/verify-signature.test.ts", "signatures are compared in constant time"],
  ],
  "Once the public address is known, the app accepts another one only if `/health` there is answered by this process, whatever the headers say.":
    [
      [
        "test/inbound/confirm-address.test.ts",
        "another public address in a webhook is not learnt, and is accepted and logged only if it reaches this app",
      ],
      [
        "test/twilio/webhooks/public-address.test.ts",
        "is the only accepted one, whatever the headers contain and whatever the app has learnt",
      ],
    ],
  "A webhook that was signed in the name of another account is refused before anything is stored.": [
    [
      "test/attack/replay-cut.test.ts",
      "a webhook with a %s body is refused if it names another account, even if it is signed with the user's auth token",
    ],
    ["test/attack/replay-cut.test.ts", "the path %s refuses a status webhook of another Twilio account"],
  ],
  "A signed text that is divided differently into names and values never names another account, message or call.":
    [
      [
        "test/attack/replay-cut.test.ts",
        "a stranger's message that an attacker rewrites as a message of the owner, keeping Twilio's signature valid,",
      ],
      [
        "test/twilio/webhooks/verify/find-recut.test.ts",
        "a message that an attacker makes from Twilio's signed text by dividing it in another way (%s)",
      ],
    ],
  "Such a text names no other sender if the real sender is a number or a channel address such as `whatsapp:…`.":
    [
      [
        "test/attack/replay-cut.test.ts",
        "a stranger's message that an attacker rewrites as a message of the owner, keeping Twilio's signature valid,",
      ],
      [
        "test/twilio/webhooks/verify/find-recut.test.ts",
        "a message that an attacker makes from Twilio's signed text by dividing it in another way (%s)",
      ],
    ],
  "Nothing can be added to a signed URL.": [
    [
      "test/attack/replay-cut.test.ts",
      "a captured GET is refused if somebody adds empty query parts, which Twilio's library ignores, to hide further parameters",
    ],
  ],
  "A webhook that is sent again fires nothing, however old it is, in any spelling and with any idempotency token.":
    [
      [
        "test/inbound/twice.test.ts",
        "a replayed webhook that has Twilio's signature, but other parameters, fires nothing after the original:",
      ],
    ],
  "This still holds after a restart and after a change of the clock.": [
    [
      "test/attack/replay-flood.test.ts",
      "fires at most as many events as unchanged copies may, even if its replays have another encoding, order or time",
    ],
  ],
  "If no signed content tells two requests apart, the event is fired three times at most within ten seconds.":
    [
      [
        "test/attack/replay-flood.test.ts",
        "captured webhooks with the inputs of one call fire at most two more twilio_data_received, and three twilio_data_missed, when they are replayed",
      ],
    ],
  "Later repeats of such a request come as `twilio_data_missed`, three times at most.": [
    [
      "test/inbound/equal-requests.test.ts",
      "that come many times with invented tokens fire three events at first, and later three more as twilio_data_missed",
    ],
  ],
  "After a lost journal or a restored backup, Twilio is asked for the age of a message or call before Home Assistant gets it.":
    [
      [
        "test/journal/faults/lost-journal.test.ts",
        "after the journal was lost, an old webhook that is sent again fires only twilio_data_missed, since Twilio knows its age",
      ],
      [
        "test/app/backup.test.ts",
        "after a backup was restored, the app fetches messages that came in since the backup, and fires them marked as redelivered",
      ],
    ],
  "After a first start, Twilio is asked as well, until a message or call is newer than the start.": [
    [
      "test/attack/replay-first-start.test.ts",
      "that was signed %i ms ago is fired at most three times, and always as twilio_data_missed",
    ],
    [
      "test/attack/replay-first-start.test.ts",
      "on a first start, the first new webhook fires its event, and from then on the app looks up no ages at Twilio",
    ],
  ],
  "A repeated webhook does not change the time of the last webhook, dismiss a notification or shorten a backfill.":
    [
      [
        "test/attack/replay-health.test.ts",
        "a captured %s that is sent again does not count as the last valid webhook, but the next new webhook does",
      ],
    ],
  "Nothing is sent twice, at whatever point the app is killed.": [
    [
      "test/journal/faults/crash-points.test.ts",
      "a request of an automation gets a result and is not sent twice after a kill of the app %s",
    ],
  ],
  "A request that is repeated with its `request_id` sends nothing more.": [
    [
      "test/outbound/requests.test.ts",
      "a request with a repeated request_id gets the same result again and sends nothing",
    ],
  ],
  "Nothing is sent after its deadline.": [
    [
      "test/outbound/requests.test.ts",
      "a request whose timeout is over fails with `timeout` and is never sent",
    ],
    ["test/outbound/delivery/run-commands.test.ts", "the app stops retrying a delivery before its deadline"],
  ],
  "A text message takes an alarm only with the code of the person who sent it.": [
    [
      "test/alarms/taking.test.ts",
      "a text with the code takes the alarm, and a text without the code is answered once with the code",
    ],
  ],
  "Nothing is sent beyond `limits`.": [
    [
      "test/outbound/requests.test.ts",
      "deliveries above the daily limit are refused, and all notifications about that have the same ID",
    ],
  ],
  "A request that was pending in a restored backup is not sent.": [
    [
      "test/app/backup.test.ts",
      "a request that waited when the backup was made is looked up at Twilio after the restore, because it may have been sent since",
    ],
  ],
  "No secret, message text or full phone number reaches the log.": [
    [
      "test/app/options.test.ts",
      "the log contains no secret, no text of a message and no complete phone number",
    ],
  ],
  "No page and no diagnostics file shows a secret.": [
    [
      "test/panel/server/panel-in-app.test.ts",
      "shows neither a secret nor the complete account SID on the page Setup",
    ],
    [
      "test/panel/activity/activity-in-app.test.ts",
      "the page Activity shows all events, but no text of a message, no PIN and no secret",
    ],
    [
      "test/panel/activity/activity-in-app.test.ts",
      "the downloaded diagnostics contain no secret, number, name, text or address",
    ],
  ],
  "Twilio's credentials are sent to no host that a webhook or a redirect names.": [
    [
      "test/twilio/media/fetch.test.ts",
      "the app sends its Twilio credentials only to the URL of a file of its account at Twilio:",
    ],
    ["test/twilio/rest/http-client.test.ts", "a redirect from Twilio is returned and not followed"],
  ],
  "Home Assistant's token is sent to nobody else.": [
    [
      "test/home-assistant/media/fetch-media.test.ts",
      "the access token is sent neither to other hosts nor to the target of a redirect",
    ],
  ],
  "What is posted to the relay's webhook fires nothing unless this installation's relay wrote it and Twilio signed it.":
    [
      [
        "test/relay/relay-notes.test.ts",
        "a webhook that another installation's relay has encrypted fires nothing and is not answered",
      ],
      [
        "test/inbound/relay/relay-note.test.ts",
        "the app decrypts a webhook that this installation's relay has encrypted",
      ],
    ],
  "Media that the app publishes for Twilio have unguessable URLs, which work for ten minutes.": [
    [
      "test/twilio/media/temporary-files.test.ts",
      "a published file is found only by the random token in its URL, which is different each time",
    ],
    ["test/twilio/media/temporary-files.test.ts", "a published file is deleted when its time is over"],
  ],
  "Under Supervisor, only Home Assistant's ingress can open the panel.": [
    [
      "test/panel/server/access.test.ts",
      "refuses a request that only claims in its headers to come through ingress",
    ],
    [
      "test/panel/server/panel-in-app.test.ts",
      "is available with styles and scripts through ingress, and only there",
    ],
  ],
  "Without Supervisor, only this machine can open the panel, or a person who knows the password.": [
    ["test/panel/server/access.test.ts", "refuses another machine"],
    ["test/panel/server/panel-in-app.test.ts", "listens on LISTEN_HOST, and gives access with the password"],
  ],
  "Another web page cannot make a browser change anything in the panel.": [
    [
      "test/panel/server/guard-changes.test.ts",
      "a POST without the page's token is refused before it reaches a page",
    ],
    [
      "test/panel/server/guard-changes.test.ts",
      "refuses a request with Sec-Fetch-Site %s even if the token is right",
    ],
    [
      "test/panel/server/guard-changes.test.ts",
      "without ingress, a request to the panel from another origin is refused even with the right token: %s",
    ],
  ],
  "Under Supervisor, only an administrator of Home Assistant can export a conversation or the history.": [
    [
      "test/panel/export/export-in-app.test.ts",
      "through ingress, only an administrator can export the history, whatever the browser's headers claim",
    ],
    ["test/panel/export/export.test.ts", "is refused to %s"],
  ],
  "No cell of an exported table runs as a formula in a spreadsheet.": [
    [
      "test/panel/export/csv-line.test.ts",
      "in an exported CSV file, the value %o cannot be run as a formula",
    ],
  ],
  "No request from outside ends the app.": [
    ["test/inbound/webhook.test.ts", "an invalid request line is answered with 400, and the app continues"],
  ],
  "No flood of connections or requests keeps a real webhook from being answered.": [
    ["test/attack/floods.test.ts", "during a flood of %s, a genuine webhook is still answered"],
  ],
  "Requests from outside add less than 100 kB a minute to the log.": [
    ["test/attack/floods.test.ts", "all floods together write less than 100 kB a minute into the log"],
  ],
};
