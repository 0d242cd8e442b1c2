import { expect, vi } from "vitest";

import type { DocsHouse } from "./start-docs-house.ts";

/** Checks that Home Assistant shows a notification with this title and message. */
export function shows(title: RegExp, message: string | RegExp) {
  return ({ client }: DocsHouse) =>
    vi.waitFor(
      async () =>
        expect(await client.persistentNotifications()).toContainEqual(
          expect.objectContaining({
            title: expect.stringMatching(title),
            message: expect.stringMatching(message),
          }),
        ),
      { interval: 20 },
    );
}

/** Resolves when the last request to Twilio has these parameters. */
export function sendsForm(form: object) {
  return ({ twilio }: DocsHouse) =>
    vi.waitFor(() => expect(twilio.requests().at(-1)?.form).toMatchObject(form), { interval: 20 });
}
