/** The values that must agree before a version is published. */
export interface ReleaseFiles {
  /** The pushed tag, such as `v1.2.3`. */
  readonly tag: string;
  /** The version in config.yaml. Supervisor shows it and uses it as the image's tag. */
  readonly configVersion: string;
  /** The version in package.json, which the app shows. */
  readonly packageVersion: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/** The reasons why this tag must not be published, one sentence each. Empty if there are none. */
export function releaseFaults({ tag, configVersion, packageVersion, changelog }: ReleaseFiles): string[] {
  const [, version] = /^v(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
  if (version === undefined) return [`The tag is ${tag}, and not of the form v1.2.3.`];
  const [, heading] = /^## (.+)$/m.exec(changelog) ?? [];
  const found = {
    "config.yaml has version": configVersion,
    "package.json has version": packageVersion,
    "CHANGELOG.md begins with": heading ?? "no heading",
  };
  return Object.entries(found)
    .filter(([, value]) => value !== version)
    .map(([place, value]) => `${place} ${value}, but the tag is ${tag}.`);
}
