import { expect, test, vi } from "vitest";

import { listen } from "../../../src/app/http/listen.ts";
import { saveEvent } from "../../journal/conversation-rows.ts";
import { createTestPanel } from "../create-test-panel.ts";
import { listenToEvents } from "./listen-to-events.ts";

test("when a browser closes its event stream, the app removes the stream's listener, and the other browsers still receive events", async () => {
  await using undo = new AsyncDisposableStack();
  const panel = createTestPanel({ supervised: false, password: null });
  const { live, store } = panel.talk;
  let listening = 0;
  const subscribe = live.onChange;
  const onChange: typeof live.onChange = (listener) => {
    listening += 1;
    const stop = subscribe(listener);
    return () => {
      listening -= 1;
      stop();
    };
  };
  Object.assign(live, { onChange });
  const listener = undo.use(
    await listen(async ({ url }: Request) => await panel.ask({ path: new URL(url).pathname }), {
      host: "127.0.0.1",
      port: 0,
    }),
  );
  undo.defer(() => panel.talk.stopping.abort());
  const url = `http://127.0.0.1:${listener.port}/events`;
  const leaves = await listenToEvents(url);
  const stays = undo.use(await listenToEvents(url));
  expect(listening).toBe(2);
  await leaves[Symbol.asyncDispose]();
  await vi.waitFor(() => expect(listening).toBe(1));
  await saveEvent(store, { From: "+15551", Body: "hi" }, 1);
  await stays.next();
  panel.talk.stopping.abort();
  await stays.ended;
  expect(listening).toBe(0);
});

test("when a page opens its event stream, it gets an event only if something has changed since the page was loaded", async () => {
  const panel = createTestPanel({ supervised: false, password: null });
  const { store, stopping } = panel.talk;
  const page = await (await panel.ask({ path: "/activity" })).text();
  const since = encodeURIComponent(/data-revision="([^"]+)"/.exec(page)?.[1] ?? "");
  const events = async (): Promise<Response> => await panel.ask({ path: `/events?since=${since}` });
  const current = await events();
  await saveEvent(store, { From: "+15551", Body: "hi" }, 1);
  await vi.waitFor(async () => expect(await firstPartOf(await events(), 2)).toContain("event: change"));
  const beforeRestart = await panel.ask({ path: "/events?since=" });
  stopping.abort();
  const changed = "event: change\ndata: changed\n\n";
  expect((await current.text()).split(changed)).toHaveLength(2);
  expect((await beforeRestart.text()).split(changed)).toHaveLength(2);
});

/** Reads this many parts of the body, and cancels the rest. */
async function firstPartOf(response: Response, parts: number): Promise<string> {
  let text = "";
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = 0; part < parts; part += 1) text += (await reader?.read())?.value ?? "";
  await reader?.cancel();
  return text;
}
