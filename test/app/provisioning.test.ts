import { expect, test, vi } from "vitest";

import { startHouse } from "./start-house.ts";

test("the scripts are in Home Assistant soon after the app has found it", async () => {
  await using house = await startHouse();
  await vi.waitFor(() => expect(house.app.lines.join()).toContain("script.twilio_send_message is in place"));
  expect([...house.home.scripts.keys()]).toEqual(["twilio_make_call", "twilio_send_message"]);
});

test("what somebody took away is back after the next connect", async () => {
  await using house = await startHouse();
  await vi.waitFor(() => expect(house.home.scripts.size).toBe(2));
  house.home.scripts.clear();
  await house.home.restart();
  await vi.waitFor(() => expect(house.home.scripts.size).toBe(2));
});

test("`install_scripts: false` asks Home Assistant nothing", async () => {
  await using house = await startHouse({ install_scripts: false });
  house.request({ request_id: "later", command: "nothing" });
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(1));
  expect(house.home.scripts.size).toBe(0);
});
