/** A test's file and its title. */
type Test = readonly [file: string, title: string];

/** The promises of SECURITY.md, each with the tests that fail if it is broken. */
export const SECURITY_PROMISES: Readonly<Record<string, readonly Test[]>> = {
  "Without Twilio's valid signature, a webhook fires no event, controls no call and teaches the app no public address.":
    [
      [
        "test/inbound/webhook.test.ts",
        "bad input gets the correct status, no event, no crash and one line in the log",
      ],
      ["test/inbound/learn-address.test.ts", "no public address is learnt from captured webhooks"],
    ],
  "Signatures are compared in constant time.": [
    ["test/twilio/webhooks/verify/verify-signature.test.ts", "the signature is compared in constant time"],
  ],
  "Once the public address is known, the app accepts another one only if `/health` there is answered by this process, whatever the headers say.":
    [
      [
        "test/inbound/confirm-address.test.ts",
        "another public address counts only if it reaches this app, and then it is only logged",
      ],
      [
        "test/twilio/webhooks/public-address.test.ts",
        "is the only accepted one, whatever the headers contain and the app has learnt",
      ],
    ],
  "A webhook that was signed in the name of another account is refused before anything is stored.": [
    [
      "test/attack/replay-cut.test.ts",
      "a %s that is signed with the user's token in the name of another account fires nothing",
    ],
    ["test/attack/replay-cut.test.ts", "%s refuses the statuses of another account"],
  ],
  "A signed text that is divided differently into names and values never names another account, message or call.":
    [
      [
        "test/attack/replay-cut.test.ts",
        "a stranger's message, whose signed text is divided into other parameters before Twilio's own request arrives,",
      ],
      [
        "test/twilio/webhooks/verify/find-recut.test.ts",
        "a message with other parameters from the same signed text: %s",
      ],
    ],
  "Such a text names no other sender if the real sender is a number or a channel address such as `whatsapp:…`.":
    [
      [
        "test/attack/replay-cut.test.ts",
        "a stranger's message, whose signed text is divided into other parameters before Twilio's own request arrives,",
      ],
      [
        "test/twilio/webhooks/verify/find-recut.test.ts",
        "a message with other parameters from the same signed text: %s",
      ],
    ],
  "Nothing can be added to a signed URL.": [
    [
      "test/attack/replay-cut.test.ts",
      "a captured GET is refused if empty parts, which Twilio's library ignores, make it longer or hide further parameters",
    ],
  ],
  "A webhook that is sent again fires nothing, however old it is, in any spelling and with any idempotency token.":
    [["test/inbound/twice.test.ts", "a replay with changed parameters fires nothing after the original"]],
  "This still holds after a restart and after a change of the clock.": [
    [
      "test/attack/replay-flood.test.ts",
      "fires no more events than the rule allows, in any spelling, order and time of its replays",
    ],
  ],
  "If no signed content tells two requests apart, the event is fired three times at most within ten seconds.":
    [
      [
        "test/attack/replay-flood.test.ts",
        "the replayed inputs of one call fire at most two more events, however many there are",
      ],
    ],
  "Later repeats of such a request come as `twilio_data_missed`, three times at most.": [
    [
      "test/inbound/equal-requests.test.ts",
      "again with invented tokens: three events in all, and later three that are fired as missed",
    ],
  ],
  "After a lost journal or a restored backup, Twilio is asked for the age of a message or call before Home Assistant gets it.":
    [
      [
        "test/journal/faults/lost-journal.test.ts",
        "an old webhook that is sent again after the loss gets its age from Twilio, and is fired as missed only",
      ],
      [
        "test/app/backup.test.ts",
        "after a restore, webhooks since the backup are fetched and marked as possibly repeated",
      ],
    ],
  "After a first start, Twilio is asked as well, until a message or call is newer than the start.": [
    ["test/attack/replay-first-start.test.ts", "that is %i ms old is fired as missed, three times at most"],
    [
      "test/attack/replay-first-start.test.ts",
      "a new webhook fires its event, and afterwards no age is looked up",
    ],
  ],
  "A repeated webhook does not change the time of the last webhook, dismiss a notification or shorten a backfill.":
    [
      [
        "test/attack/replay-health.test.ts",
        "a captured %s that is sent again does not count as the last valid webhook, and the next new one does",
      ],
    ],
  "Nothing is sent twice, at whatever point the app is killed.": [
    ["test/journal/faults/crash-points.test.ts", "a command survives a kill %s"],
  ],
  "A request that is repeated with its `request_id` sends nothing more.": [
    ["test/outbound/requests.test.ts", "a repeated request_id gets the same result again and sends nothing"],
  ],
  "Nothing is sent after its deadline.": [
    ["test/outbound/requests.test.ts", "an expired request gets the error timeout and is never sent"],
    ["test/outbound/delivery/run-commands.test.ts", "retries end before the deadline"],
  ],
  "A text message takes an alarm only with the code of the person who sent it.": [
    [
      "test/alarms/taking.test.ts",
      "a reply with the code takes the alarm, and a reply without it is answered once with the code",
    ],
  ],
  "Nothing is sent beyond `limits`.": [
    [
      "test/outbound/requests.test.ts",
      "deliveries over the daily limit are refused, with one notification that is dismissed when the limit allows again",
    ],
  ],
  "A request that was pending in a restored backup is not sent.": [
    [
      "test/app/backup.test.ts",
      "a request that waited at the time of the backup is looked up after the restore, not sent",
    ],
  ],
  "No secret, message text or full phone number reaches the log.": [
    ["test/app/options.test.ts", "the log contains no secret, text or complete number"],
  ],
  "No page and no diagnostics file shows a secret.": [
    ["test/panel/server/panel-in-app.test.ts", "the panel never shows a secret or the complete account SID"],
    [
      "test/panel/activity/activity-in-app.test.ts",
      "the diagnostics contain no secret, number, name, text or address",
    ],
  ],
  "Twilio's credentials are sent to no host that a webhook or a redirect names.": [
    ["test/twilio/media/fetch.test.ts", "the credentials are sent to no other host"],
    ["test/twilio/rest/http-client.test.ts", "a redirect is returned and not followed"],
  ],
  "Home Assistant's token is sent to nobody else.": [
    [
      "test/home-assistant/media/fetch-media.test.ts",
      "the token is sent neither to other hosts nor to the target of a redirect",
    ],
  ],
  "What is posted to the relay's webhook fires nothing unless this installation's relay wrote it and Twilio signed it.":
    [
      ["test/relay/relay-notes.test.ts", "a note that another relay wrote fires nothing and is not answered"],
      ["test/inbound/relay/relay-note.test.ts", "a note of this installation's relay is read"],
    ],
  "Media that the app publishes for Twilio have unguessable URLs, which work for ten minutes.": [
    [
      "test/twilio/media/temporary-files.test.ts",
      "a file is found only by its token, which is different each time",
    ],
    ["test/twilio/media/temporary-files.test.ts", "a file is deleted at its end time"],
  ],
  "Under Supervisor, only Home Assistant's ingress can open the panel.": [
    ["test/panel/server/access.test.ts", "a request that only claims to come through ingress is refused"],
    [
      "test/panel/server/panel-in-app.test.ts",
      "pages, styles and scripts are served through ingress, and only there",
    ],
  ],
  "Without Supervisor, only this machine can open the panel, or a person who knows the password.": [
    ["test/panel/server/access.test.ts", "another machine is refused"],
    [
      "test/panel/server/panel-in-app.test.ts",
      "the panel is bound to LISTEN_HOST, and the password gives access",
    ],
  ],
  "Another web page cannot make a browser change anything in the panel.": [
    ["test/panel/server/guard-changes.test.ts", "a cross-site POST is refused before it reaches a page"],
  ],
  "Under Supervisor, only an administrator of Home Assistant can export a conversation or the history.": [
    [
      "test/panel/export/export-in-app.test.ts",
      "only an administrator can export through ingress, whatever the browser says about itself",
    ],
    ["test/panel/export/export.test.ts", "is refused to %s"],
  ],
  "No cell of an exported table runs as a formula in a spreadsheet.": [
    ["test/panel/export/csv-line.test.ts", "the cell %o is no formula"],
  ],
  "No request from outside ends the app.": [
    ["test/inbound/webhook.test.ts", "an invalid request line: 400, and the app continues"],
  ],
  "No flood of connections or requests keeps a real webhook from being answered.": [
    ["test/attack/floods.test.ts", "%s do not prevent the answer to an honest webhook"],
  ],
  "Requests from outside add less than 100 kB a minute to the log.": [
    ["test/attack/floods.test.ts", "the log of all floods has less than 100 kB a minute"],
  ],
};
