import { readFile } from "node:fs/promises";

import { parse } from "yaml";

import type { CoreClient } from "../test/real-core/house/core/core-client.ts";

const URL_PATH = "demo-house";

/**
 * Makes the demo's dashboard the first page of Home Assistant for everyone. People can edit it in the browser. The card
 * without content gets `toTry`, a Markdown text.
 */
export async function showDashboard(client: CoreClient, toTry: string): Promise<void> {
  const text = await readFile(new URL("home/dashboard.yaml", import.meta.url), "utf8");
  const fillIn = (key: string, value: unknown): unknown =>
    key === "content" && value === "" ? toTry : value;
  const config: unknown = JSON.parse(JSON.stringify(parse(text)), fillIn);
  await client.command({
    type: "lovelace/dashboards/create",
    url_path: URL_PATH,
    title: "Demo house",
    icon: "mdi:home",
    show_in_sidebar: true,
    require_admin: false,
  });
  await client.command({ type: "lovelace/config/save", url_path: URL_PATH, config });
  await client.command({
    type: "frontend/set_system_data",
    key: "core",
    value: { default_panel: URL_PATH },
  });
}
