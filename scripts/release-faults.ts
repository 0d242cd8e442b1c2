/** What must agree before a version is published. */
export interface ReleaseFiles {
  /** As pushed, such as `v1.2.3`. */
  readonly tag: string;
  /** In config.yaml: Supervisor offers it and takes it for the image's tag. */
  readonly configVersion: string;
  /** In package.json: the app shows it. */
  readonly packageVersion: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/** Why this tag must not be published, a sentence each; none where all is in step. */
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
