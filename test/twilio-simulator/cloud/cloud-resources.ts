const DATE = "2026-11-29T12:00:00Z";

interface Ids {
  readonly account_sid: string;
  readonly service_sid?: string;
  readonly environment_sid?: string;
  readonly function_sid?: string;
}

function dated(sid: string, ids: Ids, url: string) {
  return { sid, ...ids, date_created: DATE, date_updated: DATE, url };
}

/** A Serverless service in the form of Twilio's API. */
export function serviceResource(sid: string, account: string, name: string, includesCredentials: boolean) {
  const url = `https://serverless.twilio.com/v1/Services/${sid}`;
  return {
    ...dated(sid, { account_sid: account }, url),
    unique_name: name,
    friendly_name: name,
    include_credentials: includesCredentials,
    ui_editable: true,
    domain_base: `${name}-1234`,
    links: {},
  };
}

/** An environment of a service in the form of Twilio's API. */
export function environmentResource(
  sid: string,
  ids: Required<Pick<Ids, "account_sid" | "service_sid">>,
  environment: { readonly name: string; readonly domain: string; readonly build: string | null },
) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Environments/${sid}`;
  const { name, domain, build } = environment;
  return {
    ...dated(sid, ids, url),
    build_sid: build,
    unique_name: name,
    domain_suffix: null,
    domain_name: domain,
    links: {},
  };
}

/** A variable of an environment in the form of Twilio's API. */
export function variableResource(sid: string, ids: Ids, key: string, value: string) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Environments/${ids.environment_sid}/Variables/${sid}`;
  return { ...dated(sid, ids, url), key, value };
}

/** A function of a service in the form of Twilio's API. */
export function functionResource(sid: string, ids: Ids, name: string) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Functions/${sid}`;
  return { ...dated(sid, ids, url), friendly_name: name, links: {} };
}

/** A version of a function in the form of Twilio's API. */
export function versionResource(sid: string, ids: Ids, path: string, visibility: string) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Functions/${ids.function_sid}/Versions/${sid}`;
  return { sid, ...ids, path, visibility, date_created: DATE, url, links: {} };
}

/** The content of a function version in the form of Twilio's API. */
export function contentResource(sid: string, ids: Ids, content: string) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Functions/${ids.function_sid}/Versions/${sid}/Content`;
  return { sid, ...ids, content, url };
}

/** A build of a service in the form of Twilio's API. */
export function buildResource(
  sid: string,
  ids: Ids,
  build: { readonly status: string; readonly versions: readonly object[]; readonly runtime: string },
) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Builds/${sid}`;
  const { status, versions, runtime } = build;
  return {
    ...dated(sid, ids, url),
    status,
    asset_versions: [],
    function_versions: versions,
    dependencies: [],
    runtime,
    links: {},
  };
}

/** The status of a build in the form of Twilio's API. */
export function buildStatusResource(sid: string, ids: Ids, status: string) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Builds/${sid}/Status`;
  return { sid, ...ids, status, url };
}

/** A deployment of a build in the form of Twilio's API. */
export function deploymentResource(sid: string, ids: Ids, build: string) {
  const url = `https://serverless.twilio.com/v1/Services/${ids.service_sid}/Environments/${ids.environment_sid}/Deployments/${sid}`;
  return { ...dated(sid, ids, url), build_sid: build };
}

/** A Sync service in the form of Twilio's API. */
export function syncServiceResource(sid: string, account: string, name: string) {
  const url = `https://sync.twilio.com/v1/Services/${sid}`;
  return {
    ...dated(sid, { account_sid: account }, url),
    unique_name: null,
    friendly_name: name,
    webhook_url: null,
    webhooks_from_rest_enabled: false,
    reachability_webhooks_enabled: false,
    acl_enabled: false,
    reachability_debouncing_enabled: false,
    reachability_debouncing_window: 5_000,
    links: {},
  };
}

/** A Sync document in the form of Twilio's API. */
export function documentResource(
  sid: string,
  ids: Ids,
  document: { readonly name: string; readonly data: unknown; readonly expires: number | null },
) {
  const url = `https://sync.twilio.com/v1/Services/${ids.service_sid}/Documents/${sid}`;
  const { name, data, expires } = document;
  return {
    ...dated(sid, ids, url),
    unique_name: name,
    data,
    revision: "1",
    date_expires: expires === null ? null : new Date(expires).toISOString().replace(/\.\d+Z$/, "Z"),
    created_by: "system",
    links: {},
  };
}

/** The `meta` of a list that fits on one page. */
export function metaOf(key: string) {
  const url = "https://example.twilio.com/v1/list?PageSize=50&Page=0";
  return {
    page: 0,
    page_size: 50,
    first_page_url: url,
    previous_page_url: null,
    url,
    next_page_url: null,
    key,
  };
}
