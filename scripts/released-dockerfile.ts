/**
 * The base image that releases are built on. Renew the digest with the version in the Dockerfile, and when the registry
 * has a newer build: `docker buildx imagetools inspect node:… --format '{{.Manifest.Digest}}'`.
 */
export const BASE_IMAGE = {
  name: "node:24.21.0-alpine3.24",
  /** The digest of the image index, which is the same for all processors. */
  digest: "sha256:ebfe2f90462722a7a4de65e91990e97fe0d401c70e0e762c5b53302f905ec1c1",
};

/**
 * Older builders than BuildKit 25, which some people have at home, do not know `--start-interval`. There the app is
 * checked every six seconds all the time (0.8 % of one processor core), which gives the same patience of 90 seconds.
 */
const HEALTH_FLAGS = {
  everywhere: "--interval=6s --timeout=10s --start-period=30s --retries=15",
  released: "--interval=30s --timeout=10s --start-period=30s --start-interval=1s --retries=3",
};

/**
 * The Dockerfile of the published image: the repository's with its base pinned by digest, and checked every second
 * until it is healthy. The labels that OCI has for it name the base.
 *
 * @throws {Error} where the repository's Dockerfile is not as expected here
 */
export function releasedDockerfile(dockerfile: string): string {
  const { name, digest } = BASE_IMAGE;
  const others = [...dockerfile.matchAll(/^FROM (?:--\S+ )*(\S+)/gm)].filter(([, image]) => image !== name);
  if (others.length > 0) throw new Error(`The Dockerfile has another base than ${name}: ${others[0]?.[1]}.`);
  if (!dockerfile.includes(HEALTH_FLAGS.everywhere)) {
    throw new Error(`The Dockerfile's HEALTHCHECK has not ${HEALTH_FLAGS.everywhere}.`);
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
