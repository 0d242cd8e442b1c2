import type { Child } from "hono/jsx";

/** A path that `configurationPath` makes. */
const CONFIGURATION = /^\/config\/app\/[a-z0-9_]+\/config$/;

export interface ConfigurationLinkProps {
  /** The page of the app's configuration in Home Assistant; null without Supervisor. */
  readonly path: string | null;
  /** Shown instead of a link. */
  readonly fallback?: Child;
  readonly children?: Child;
}

/** A link to the app's configuration. It leaves the frame in which Home Assistant shows the panel. */
export function ConfigurationLink({ path, fallback = null, children }: ConfigurationLinkProps) {
  if (path === null || !CONFIGURATION.test(path)) return <>{fallback}</>;
  return (
    <a href={path} target="_top">
      {children}
    </a>
  );
}
