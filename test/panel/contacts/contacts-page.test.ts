import { beforeEach, describe, expect, test } from "vitest";

import { CHANGE_TOKEN, createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const INGRESS = "172.30.32.2";

let panel: TestPanel;
beforeEach(() => {
  panel = createTestPanel({ supervised: true, password: null }, INGRESS);
});

/** Submits a form of the page. */
async function submit(fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams({ change_token: CHANGE_TOKEN, ...fields }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return await panel.ask({ method: "POST", path: "/contacts", headers, body });
}

const page = async (path = "/contacts"): Promise<string> => await (await panel.ask({ path })).text();
const save = (name: string, number: string, more = {}): Promise<Response> =>
  submit({ action: "save", name, number, ...more });

test("the page Contacts lists a new contact with buttons to change and remove it, and a contact of the options with its source", async () => {
  const response = await save(" Bob ", "+1 212 555 0124");
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("contacts?done=saved");
  expect(panel.contacts.own()).toEqual([{ id: expect.any(String), name: "Bob", number: "+12125550124" }]);
  const html = await page("/contacts?done=saved");
  expect(html).toContain("Saved. Actions, events and this page use the contact from now on.");
  expect(html).toMatch(
    /<strong>Bob<\/strong>.*Change.*Remove.*<strong>Alice<\/strong>.*from the app&#39;s options/s,
  );
});

test("a contact on the page Contacts can be changed and removed", async () => {
  await save("Bob", "+12125550124");
  const [bob] = panel.contacts.own();
  const id = bob?.id ?? "";
  const form = await page(`/contacts?edit=${id}`);
  expect(form).toContain('value="Bob"');
  expect(form).toContain("Change a contact");
  expect((await save("Bobby", "+12125550125", { id })).status).toBe(303);
  expect(panel.contacts.own()).toEqual([{ id, name: "Bobby", number: "+12125550125" }]);
  expect((await submit({ action: "remove", id })).headers.get("location")).toBe("contacts?done=removed");
  expect(panel.contacts.own()).toEqual([]);
});

test("a contact can have a push action and a PIN for alarms, and loses them if the user empties their fields", async () => {
  await save("Bob", "+12125550124", { push: " notify.mobile_app_bob ", pin: "4711" });
  const [bob] = panel.contacts.own();
  expect(bob).toMatchObject({ push: "mobile_app_bob", pin: "4711" });
  const form = await page(`/contacts?edit=${bob?.id}`);
  expect(form).toContain('value="mobile_app_bob"');
  expect(form).toContain('value="4711"');
  await save("Bob", "+12125550124", { id: bob?.id, push: "", pin: "" });
  expect(panel.contacts.own()).toEqual([{ id: bob?.id, name: "Bob", number: "+12125550124" }]);
});

test.each([
  [{ push: "Alice's phone" }, "a push action looks like"],
  [{ pin: "12a4" }, "a PIN has 4 to 8 digits"],
])("a contact with %j is not saved", async (more, reason) => {
  const response = await save("Bob", "+12125550124", more);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(reason);
  expect(panel.contacts.own()).toEqual([]);
});

test("a link to the page Contacts that contains a number fills in the number of a new contact", async () => {
  const html = await page("/contacts?number=%2B12125550199");
  expect(html).toContain('value="+12125550199"');
  expect(html).toContain("Add a contact");
});

describe("if a contact cannot be saved, the page Contacts shows the reason:", () => {
  test.each([
    ["", "+12125550124", "enter a name"],
    ["x".repeat(81), "+12125550124", "enter a name of at most 80"],
    ["+49 171", "+12125550124", "a name needs at least one letter"],
    ["Bob", "hello", "this is not a number"],
    ["ALICE", "+12125550199", "another contact has this name"],
  ])("%s, %s (the number stays in its field)", async (name, number, reason) => {
    const response = await save(name, number);
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain(reason);
    expect(html).toContain(`value="${number}"`);
    expect(panel.contacts.own()).toEqual([]);
  });

  test("on a full disk", async () => {
    panel.contacts.isDiskFull = true;
    const response = await save("Bob", "+12125550124");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("could not write to its disk");
    expect(panel.contacts.own()).toEqual([]);
  });

  test("if another browser has removed the contact meanwhile", async () => {
    const response = await save("Bob", "+12125550124", { id: "gone", pin: "4711" });
    const html = await response.text();
    expect(html).toContain("This contact does not exist any more.");
    for (const value of ["Bob", "+12125550124", "4711"]) expect(html).toContain(`value="${value}"`);
    expect(html).not.toContain('name="id"');
  });
});

test("a form of the page Contacts without the page's token changes nothing", async () => {
  const body = new URLSearchParams({ action: "save", name: "Eve", number: "+12125550199" }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await panel.ask({ method: "POST", path: "/contacts", headers, body })).status).toBe(403);
  expect(panel.contacts.own()).toEqual([]);
});

test("the page Contacts shows names as text, even names that look like HTML", async () => {
  await save("<b>Bob", "+12125550124");
  expect(await page()).not.toContain("<b>Bob");
});

test("the page Contacts is in German if Home Assistant is", async () => {
  const { appState } = panel;
  panel.appState = { ...appState, homeAssistant: { ...appState.homeAssistant, language: "de" } };
  expect(await page()).toContain("Kontakt anlegen");
});
