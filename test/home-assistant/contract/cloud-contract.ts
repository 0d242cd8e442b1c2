import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { connectHomeAssistant } from "../../../src/home-assistant/connection/connect.ts";
import type { HomeAssistantConnection } from "../../../src/home-assistant/connection/connect.ts";
import { createHouseWebhook } from "../../../src/home-assistant/webhook/house-webhook.ts";
import { createRelayNotes } from "../../../src/home-assistant/webhook/relay-notes.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const ID = "c10d".repeat(16);
const OTHER_ID = "07e4".repeat(16);

/** A Home Assistant without an external URL, in which nobody is logged in to Home Assistant Cloud. */
export interface CloudHouse extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** Logs in to Home Assistant Cloud. Resolves when Home Assistant is connected to it. */
  logIn(): Promise<void>;
  logOut(): Promise<void>;
  /** Cuts the connection of Home Assistant to Home Assistant Cloud, or lets Home Assistant connect again. */
  setConnected(isConnected: boolean): Promise<void>;
}

/** Tests what Home Assistant answers about Home Assistant Cloud and cloudhooks, with the fake and with a real Core. */
export function testCloudContract(start: () => Promise<CloudHouse>): void {
  let house: CloudHouse;
  let home: HomeAssistantConnection;
  let webhook: ReturnType<typeof createHouseWebhook>;

  beforeAll(async () => {
    house = await start();
    home = connectHomeAssistant({ ...SYSTEM_PARTS, url: house.url, token: house.token, logger: SILENT });
    webhook = createHouseWebhook(home.request);
    await vi.waitFor(() => expect(home.running).toBe(true), { interval: 10 });
  });
  afterAll(async () => {
    await home[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
  });

  const create = (id: string) => home.request({ type: "cloud/cloudhook/create", webhook_id: id });
  const remove = (id: string) => home.request({ type: "cloud/cloudhook/delete", webhook_id: id });

  async function urlOf(id: string): Promise<string> {
    const address = await webhook.address(id);
    if (typeof address === "string") throw new Error(address);
    expect(address.kind).toBe("cloudhook");
    return address.url;
  }

  test("while nobody is logged in to Home Assistant Cloud, there is no public URL, and cloudhooks are refused", async () => {
    expect(await home.request({ type: "cloud/status" })).toEqual({
      auto_login: null,
      cloud: "disconnected",
      http_use_ssl: false,
      logged_in: false,
    });
    expect(await webhook.hasAddress()).toBeNull();
    expect(await webhook.address(ID)).toBe("no_address");
    await expect(create(ID)).rejects.toMatchObject({ code: "not_logged_in" });
    await expect(remove(ID)).rejects.toMatchObject({ code: "not_logged_in" });
  });

  test("after a login to Home Assistant Cloud, a cloudhook is created once, and the cloud's status contains the cloudhook", async () => {
    await house.logIn();
    expect(await webhook.hasAddress()).toBe("cloudhook");
    const url = await urlOf(ID);
    expect(await urlOf(ID)).toBe(url);
    const cloudhook = {
      webhook_id: ID,
      cloudhook_id: expect.stringMatching(/./),
      cloudhook_url: url,
      managed: false,
    };
    expect(await home.request({ type: "cloud/status" })).toMatchObject({
      active_subscription: true,
      cloud: "connected",
      logged_in: true,
      prefs: { cloudhooks: { [ID]: cloudhook } },
    });
    await expect(create(ID)).rejects.toMatchObject({ code: "502" });
  });

  test("a cloudhook passes JSON on with exact types, and answers 200 with an empty body of no known type", async () => {
    const url = await urlOf(ID);
    const notes: unknown[] = [];
    const stop = createRelayNotes(home).listen(ID, (note) => void notes.push(note));
    await vi.waitFor(async () => expect(await webhook.isRegistered(ID)).toBe(true));
    const note = { digits: "0042", count: 7, nested: [null, "😀"] };
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(note),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(await response.text()).toBe("");
    await vi.waitFor(() => expect(notes).toEqual([note]));
    stop();
  });

  test("a cloudhook that was deleted is created again with another URL", async () => {
    const before = await webhook.address(ID);
    expect(await remove(ID)).toBeNull();
    await expect(remove(ID)).rejects.toMatchObject({ code: "502" });
    const after = await webhook.address(ID);
    expect(after).toMatchObject({ kind: "cloudhook" });
    expect(after).not.toEqual(before);
  });

  test("a cloudhook still exists after a logout, but there is no public URL until the next login", async () => {
    const before = await webhook.address(ID);
    await house.logOut();
    expect(await webhook.address(ID)).toBe("no_address");
    await webhook.remove(ID);
    await house.logIn();
    expect(await webhook.address(ID)).toEqual(before);
  });

  test("while Home Assistant Cloud cannot be reached, a cloudhook stays, but a new one is refused", async () => {
    const before = await urlOf(ID);
    await house.setConnected(false);
    expect(await home.request({ type: "cloud/status" })).toMatchObject({
      active_subscription: true,
      cloud: "connecting",
      logged_in: true,
    });
    expect(await urlOf(ID)).toBe(before);
    await expect(create(OTHER_ID)).rejects.toMatchObject({ code: "502" });
    expect(await webhook.address(OTHER_ID)).toBe("no_cloudhook");
    await house.setConnected(true);
    expect(await urlOf(OTHER_ID)).not.toBe(before);
  });

  test("the app deletes only the cloudhook of its own webhook", async () => {
    await webhook.address(OTHER_ID);
    await webhook.remove(ID);
    await webhook.remove(ID);
    expect(await home.request({ type: "cloud/status" })).toMatchObject({
      prefs: { cloudhooks: { [OTHER_ID]: { webhook_id: OTHER_ID } } },
    });
    await expect(remove(ID)).rejects.toMatchObject({ code: "502" });
  });
}
