import { basename, extname, join, relative } from "node:path";

import type { CoreInstallation } from "../install/core-installation.ts";
import type { CoreRest } from "./core/core-rest.ts";

const FLOWS = "/api/config/config_entries/flow";

/** Adds a camera that shows a file and has the file's name, in the same way as a user in the integration's dialog. */
export async function addCamera(
  { post }: Pick<CoreRest, "post">,
  { root }: CoreInstallation,
  file: string,
): Promise<void> {
  const flow = (await post(FLOWS, { handler: "local_file" })) as {
    readonly flow_id: string;
    readonly data_schema: readonly { readonly name: string }[];
  };
  // Until Core 2026.10, the dialog asks for a name. Later, it takes the file's name.
  const asksForName = flow.data_schema.some(({ name }) => name === "name");
  await post(`${FLOWS}/${flow.flow_id}`, {
    ...(asksForName ? { name: basename(file, extname(file)) } : {}),
    // Core may run in its own tree, in which the path of the file is another one.
    file_path: root === null ? file : join("/", relative(root, file)),
  });
}
