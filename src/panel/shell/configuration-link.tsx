import type { Child } from "hono/jsx";

/** Matches a path that `configurationPath` makes. */
const CONFIGURATION = /^\/config\/app\/[a-z0-9_]+\/config$/;

export interface ConfigurationLinkProps {
  /** The path of the app's configuration page in Home Assistant; null without Supervisor. */
  readonly path: string | null;
  /** The text in place of the link if `path` is null or invalid. */
  readonly fallback?: Child;
  readonly children?: Child;
}

/**
 * Shows a link to the app's configuration page. The link opens outside of the frame in which Home Assistant shows the
 * panel.
 */
export function ConfigurationLink({ path, fallback = null, children }: ConfigurationLinkProps) {
  if (path === null || !CONFIGURATION.test(path)) return <>{fallback}</>;
  return (
    <a href={path} target="_top">
      {children}
    </a>
  );
}
