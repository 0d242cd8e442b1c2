/** A test's file, and its title as it stands there. */
type Test = readonly [file: string, title: string];

/** The sentences of SECURITY.md that somebody might break, and the tests that fail where they do not hold. */
export const SECURITY_PROMISES: Readonly<Record<string, readonly Test[]>> = {
  "Without Twilio's valid signature nothing fires an event, steers a call or teaches the app an address.": [
    [
      "test/inbound/webhook.test.ts",
      "bad input gets a right status, no event, no crash and one line in the log",
    ],
    ["test/inbound/learn-address.test.ts", "captured webhooks teach nothing"],
  ],
  "Signatures are compared in constant time.": [
    ["test/twilio/webhooks/verify/verify-signature.test.ts", "is compared in constant time"],
  ],
  "Once the public address is known, another one is believed only where `/health` there shows this very process, whatever `Host` and the forwarding headers say.":
    [
      [
        "test/inbound/confirm-address.test.ts",
        "another one counts only if it leads here, and changes nothing but the log",
      ],
      [
        "test/twilio/webhooks/public-address.test.ts",
        "is the only one believed, whatever the headers say and was learnt",
      ],
    ],
  "What was signed in the name of another account is refused before anything is kept.": [
    [
      "test/attack/replay-cut.test.ts",
      "a %s signed with our token in the name of another account fires nothing",
    ],
    ["test/attack/replay-cut.test.ts", "%s takes nothing of another account"],
  ],
  "A signed text that is cut anew into other names and values names no other account, message or call, and no other sender where the real one is a number or an address.":
    [
      [
        "test/attack/replay-cut.test.ts",
        "a stranger's message, cut anew before Twilio's own request arrives,",
      ],
      ["test/twilio/webhooks/verify/find-recut.test.ts", "a message that is cut anew: %s"],
    ],
  "Nothing can be added to an address that was signed.": [
    [
      "test/attack/replay-cut.test.ts",
      "a captured GET is neither lengthened nor made another request by parts that Twilio's library leaves out",
    ],
  ],
  "A webhook that was taken fires nothing when it is sent again: however old, in whichever spelling, with whatever idempotency token, after whatever restart or change of the clock.":
    [
      [
        "test/attack/replay-flood.test.ts",
        "fires no more than the rule allows, in whichever spelling, order and time it comes again",
      ],
      ["test/inbound/twice.test.ts", "a captured request in disguise fires nothing after the original"],
    ],
  "Where nothing signed tells a request from an equal one, such as the same digit pressed twice, it counts three times in all within ten seconds, after its answer and during its call, and three times later as `twilio_data_missed`.":
    [
      [
        "test/inbound/equal-requests.test.ts",
        "again with invented tokens: three events in all, and later three that are missed",
      ],
      ["test/attack/replay-flood.test.ts", "many captured answers of one call fire twice more in all"],
    ],
  "After a lost journal or a restored backup Twilio is asked how old a message or call is before Home Assistant hears of it.":
    [
      [
        "test/journal/faults/lost-journal.test.ts",
        "an old webhook sent again after the loss takes its age from Twilio and opens nothing",
      ],
      [
        "test/app/backup.test.ts",
        "after a restore, what came since the backup comes as a possible repeat, and nothing else again",
      ],
    ],
  "On a first start Twilio is asked, too, until a message or call is younger than the start.": [
    ["test/attack/replay-first-start.test.ts", "of %i ms ago is missed, three times at most"],
    [
      "test/attack/replay-first-start.test.ts",
      "what is new is told as ever, and from then on nothing is looked up",
    ],
  ],
  "What is sent again neither moves the time of the last webhook, ends a notification nor shortens a backfill.":
    [
      [
        "test/attack/replay-health.test.ts",
        "a captured %s that is sent again says nothing of Twilio's health, and the next new one does",
      ],
    ],
  "Nothing is sent twice, wherever the app is killed.": [
    ["test/journal/faults/crash-points.test.ts", "a command survives a kill %s"],
  ],
  "A request that is repeated with its `request_id` sends nothing more.": [
    ["test/outbound/requests.test.ts", "a repeated request_id gets the same result again and sends nothing"],
  ],
  "Nothing is sent after its deadline.": [
    ["test/outbound/requests.test.ts", "a request whose time is up is answered so and never sent"],
    [
      "test/outbound/delivery/run-commands.test.ts",
      "what never left is given up before the deadline, and not tried after it",
    ],
  ],
  "Nothing is sent past `limits`.": [
    [
      "test/outbound/requests.test.ts",
      "what is over the day's limit is refused clearly, with one notification that goes when it is cured",
    ],
  ],
  "What waited in a restored backup is not sent.": [
    [
      "test/app/backup.test.ts",
      "a command that waited when the backup was made is looked up after the restore, not sent",
    ],
  ],
  "No secret, message text or full phone number reaches the log.": [
    ["test/app/options.test.ts", "no secret, text or full number reaches the log"],
  ],
  "No page and no diagnostics file shows a secret.": [
    ["test/panel/server/panel-in-app.test.ts", "it never shows a secret or the whole account"],
    [
      "test/panel/activity/activity-in-app.test.ts",
      "the diagnostics hold what helps, and no secret, number, name, text or address of it",
    ],
  ],
  "Twilio's credentials go to no host that a webhook or a redirect names.": [
    ["test/twilio/media/fetch.test.ts", "the credentials go nowhere else"],
    ["test/twilio/rest/http-client.test.ts", "a redirect is handed on and not followed"],
  ],
  "Home Assistant's token goes to nobody else.": [
    [
      "test/home-assistant/media/fetch-media.test.ts",
      "who else has a file never sees the token, nor does whom Home Assistant's answer redirects to",
    ],
  ],
  "Media that are offered to Twilio are found by their unguessable address alone, for ten minutes.": [
    [
      "test/twilio/media/temporary-files.test.ts",
      "a file is found by its token alone, which is another each time",
    ],
    ["test/twilio/media/temporary-files.test.ts", "after its time a file is no longer found, and is deleted"],
  ],
  "Under Supervisor nobody is served but Home Assistant's ingress.": [
    ["test/panel/server/access.test.ts", "a request that only claims to come through ingress is refused"],
    [
      "test/panel/server/panel-in-app.test.ts",
      "it is reached through ingress, styles and script too, and by nobody else",
    ],
  ],
  "Without Supervisor nobody is served but this machine, or who knows the password.": [
    ["test/panel/server/access.test.ts", "another machine is refused"],
    [
      "test/panel/server/panel-in-app.test.ts",
      "it is bound as LISTEN_HOST says, and opens to whoever knows it",
    ],
  ],
  "Another web page makes a browser change nothing there.": [
    ["test/panel/server/guard-changes.test.ts", "a cross-site post is refused before anything looks at it"],
  ],
  "No request from outside ends the app.": [
    ["test/inbound/webhook.test.ts", "a request line that is none: 400, and the app goes on"],
  ],
  "No flood of connections or requests keeps a real webhook from being answered.": [
    ["test/attack/floods.test.ts", "%s keep no honest webhook from being answered"],
  ],
  "Whatever is sent from outside, the log grows by less than 100 kB a minute.": [
    ["test/attack/floods.test.ts", "the log of all of them has less than 100 kB a minute"],
  ],
};
