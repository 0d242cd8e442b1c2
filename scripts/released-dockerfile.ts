/**
 * The base image of releases. Change the digest together with the version in the Dockerfile, and when the registry has a
 * newer build. This command prints it: `docker buildx imagetools inspect node:… --format '{{.Manifest.Digest}}'`.
 */
export const BASE_IMAGE = {
  name: "node:24.21.0-alpine3.24",
  /** The digest of the image index, which is the same for all processors. */
  digest: "sha256:ebfe2f90462722a7a4de65e91990e97fe0d401c70e0e762c5b53302f905ec1c1",
};

/**
 * Builders before BuildKit 25 do not support `--start-interval`, and some people have one at home. For them, the app is
 * checked every six seconds (0.8 % of one processor core). Both forms allow 90 seconds until the app must be healthy.
 */
const HEALTH_FLAGS = {
  everywhere: "--interval=6s --timeout=10s --start-period=30s --retries=15",
  released: "--interval=30s --timeout=10s --start-period=30s --start-interval=1s --retries=3",
};

/**
 * The Dockerfile of the published image. It is the repository's Dockerfile with a digest for the base image and OCI
 * labels that name this base. The image is checked every second until it is healthy.
 *
 * @throws {Error} if the repository's Dockerfile has another form than this function expects
 */
export function releasedDockerfile(dockerfile: string): string {
  const { name, digest } = BASE_IMAGE;
  const others = [...dockerfile.matchAll(/^FROM (?:--\S+ )*(\S+)/gm)].filter(([, image]) => image !== name);
  if (others.length > 0)
    throw new Error(`The base of the Dockerfile must be ${name}, not ${others[0]?.[1]}.`);
  if (!dockerfile.includes(HEALTH_FLAGS.everywhere)) {
    throw new Error(`The Dockerfile's HEALTHCHECK must have ${HEALTH_FLAGS.everywhere}.`);
  }
  const pinned = dockerfile
    .replaceAll(/^(FROM (?:--\S+ )*\S+)/gm, `$1@${digest}`)
    .replace(HEALTH_FLAGS.everywhere, HEALTH_FLAGS.released);
  const labels = [
    `org.opencontainers.image.base.name="docker.io/library/${name}"`,
    `org.opencontainers.image.base.digest="${digest}"`,
  ];
  return `${pinned.trimEnd()}\nLABEL \\\n  ${labels.join(" \\\n  ")}\n`;
}
