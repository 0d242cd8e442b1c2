import { expect, test, vi } from "vitest";

import { startHouse } from "../app/start-house.ts";

test("the scripts exist in Home Assistant soon after the app has connected", async () => {
  await using house = await startHouse();
  await vi.waitFor(() =>
    expect(house.app.lines.join()).toContain("script.twilio_send_message is installed and up to date"),
  );
  const scripts = ["twilio_alarm", "twilio_make_call", "twilio_send_message", "twilio_talk"];
  await vi.waitFor(() => expect([...house.home.scripts.keys()].toSorted()).toEqual(scripts));
});

test("each blueprint is installed once, and a blueprint that the user has removed is installed again at the next start of Home Assistant", async () => {
  await using house = await startHouse();
  const put = (): readonly string[] =>
    house.app.lines.filter((line) => line.includes("Installed blueprints"));
  await vi.waitFor(() => expect(put()).toHaveLength(1));
  expect([...house.home.blueprints.keys()]).toContain("twilio/gate_on_call.yaml");
  const saves = house.home.received.filter(({ type }) => type === "blueprint/save").length;
  expect(saves).toBe(house.home.blueprints.size);
  house.home.blueprints.set("twilio/gate_on_call.yaml", "mine");
  await house.home.restart();
  const lists = () => house.home.received.filter(({ type }) => type === "blueprint/list");
  await vi.waitFor(() => expect(lists()).toHaveLength(2));
  house.home.blueprints.delete("twilio/voicemail.yaml");
  await house.home.restart();
  await vi.waitFor(() => expect(put().at(-1)).toContain("Home Assistant: twilio/voicemail.yaml."));
  expect(house.home.blueprints.get("twilio/gate_on_call.yaml")).toBe("mine");
});

test("scripts that the user removed are installed again at the next start of Home Assistant", async () => {
  await using house = await startHouse();
  await vi.waitFor(() => expect(house.home.scripts.size).toBe(4));
  house.home.scripts.clear();
  await house.home.restart();
  await vi.waitFor(() => expect(house.home.scripts.size).toBe(4));
});

test("with `install_scripts: false`, the app writes no scripts, and neither reads nor writes blueprints", async () => {
  await using house = await startHouse({ install_scripts: false });
  house.request({ request_id: "later", command: "nothing" });
  await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(1));
  expect(house.home.scripts.size).toBe(0);
  expect(house.home.received.filter(({ type }) => type.startsWith("blueprint/"))).toEqual([]);
});
