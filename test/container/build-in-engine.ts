import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildContext } from "../packaging/build-context.ts";
import { readDockerfile } from "../packaging/read-dockerfile.ts";
import { ROOT } from "../packaging/root-file.ts";
import type { Engine } from "./start-engine.ts";

/** Makes npm and Node trust this machine's own certificates during the build. */
const TRUST = "ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt";

/**
 * Builds the repository's Dockerfile as `tag` on `baseTree`, which takes the name of the Dockerfile's own base image.
 * The build gets what `.dockerignore` lets through.
 */
export async function buildInEngine(engine: Engine, baseTree: string, tag: string): Promise<void> {
  const [stage] = readDockerfile();
  if (stage === undefined) throw new Error("the Dockerfile has no stage");
  await engine.importImage(baseTree, stage.image, [TRUST, 'CMD ["/bin/sh"]']);
  const context = await mkdtemp(join(tmpdir(), "twilio-context-"));
  try {
    for (const file of buildContext()) await cp(join(ROOT, file), join(context, file));
    await cp(join(ROOT, "Dockerfile"), join(context, "Dockerfile"));
    const platform = `linux/${process.arch === "arm64" ? "arm64" : "amd64"}`;
    const versions = ["--build-arg=BUILD_ARCH=amd64", "--build-arg=BUILD_VERSION=1.2.3"];
    const flags = ["--quiet", "--network=host", `--platform=${platform}`, `--tag=${tag}`, ...versions];
    await engine.docker("build", ...flags, context);
  } finally {
    await rm(context, { recursive: true });
  }
}
