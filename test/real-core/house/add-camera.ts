import { basename, extname, join, relative } from "node:path";

import type { CoreInstallation } from "../install/core-installation.ts";
import type { CoreRest } from "./core/core-rest.ts";

const FLOWS = "/api/config/config_entries/flow";

/** Makes a camera that shows a file and has its name, as a user makes it in the integration's dialog. */
export async function addCamera(
  { post }: Pick<CoreRest, "post">,
  { root }: CoreInstallation,
  file: string,
): Promise<void> {
  const flow = (await post(FLOWS, { handler: "local_file" })) as {
    readonly flow_id: string;
    readonly data_schema: readonly { readonly name: string }[];
  };
  // Up to Core 2026.10 the dialog asks for a name; since then the file's is taken.
  const asksForName = flow.data_schema.some(({ name }) => name === "name");
  await post(`${FLOWS}/${flow.flow_id}`, {
    ...(asksForName ? { name: basename(file, extname(file)) } : {}),
    // Core may see the file from inside its own tree.
    file_path: root === null ? file : join("/", relative(root, file)),
  });
}
