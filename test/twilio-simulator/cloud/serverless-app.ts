import { Hono } from "hono";
import type { Context } from "hono";

import { fakeSid } from "../api/fake-sid.ts";
import { one } from "../api/refusals.ts";
import {
  buildResource,
  buildStatusResource,
  contentResource,
  deploymentResource,
  environmentResource,
  functionResource,
  metaOf,
  serviceResource,
  versionResource,
} from "./cloud-resources.ts";
import { createGatekeeper, refusal } from "./create-gatekeeper.ts";
import type { CloudAnswer, GatekeeperOptions } from "./create-gatekeeper.ts";
import { createService, readUpload, statusOf } from "./serverless-store.ts";
import type { StoredBuild, StoredEnvironment, StoredService, StoredVersion } from "./serverless-store.ts";
import { addVariableRoutes } from "./serverless-variables.ts";

const PREFIX = "/serverless";
const UPLOAD_PREFIX = "/serverless-upload";
const SERVICE = "/v1/Services/{ServiceSid}";
const PATHS = [
  "/v1/Services",
  "/v1/Services/{Sid}",
  ...["", "/{Sid}", "/{Sid}/Status"].map((rest) => `${SERVICE}/Builds${rest}`),
  `${SERVICE}/Environments`,
  ...["Deployments", "Variables", "Variables/{Sid}"].map(
    (rest) => `${SERVICE}/Environments/{EnvironmentSid}/${rest}`,
  ),
  `${SERVICE}/Functions`,
  `${SERVICE}/Functions/{FunctionSid}/Versions/{Sid}/Content`,
];

export interface ServerlessAppOptions extends Omit<GatekeeperOptions, "prefix" | "api" | "document"> {
  readonly accountSid: string;
  /** How many times a new build says that it is still being built. */
  readonly buildPolls: () => number;
  readonly doesBuildFail: () => boolean;
  /** Runs after a deployment, which is served from now on. */
  readonly onDeployed: (
    service: StoredService,
    environment: StoredEnvironment,
    build: StoredBuild,
  ) => Promise<void>;
  readonly onRemoved: (service: StoredService) => Promise<void>;
}

/** The action of a route within a service that exists. */
export type ServiceAction = (
  service: StoredService,
  form: Readonly<Record<string, string | string[]>>,
  c: Context,
) => CloudAnswer | Promise<CloudAnswer>;

/** Twilio's Serverless API and its upload host. */
export function createServerlessApp(options: ServerlessAppOptions) {
  const { accountSid, buildPolls, doesBuildFail, onDeployed, onRemoved, ...keeper } = options;
  const services = new Map<string, StoredService>();
  const serve = createGatekeeper({
    ...keeper,
    prefix: PREFIX,
    api: "serverless",
    document: { name: "serverless_v1", paths: PATHS },
  });
  const serveUpload = createGatekeeper({ ...keeper, prefix: UPLOAD_PREFIX, api: "upload", document: null });
  const app = new Hono();
  const root = `${PREFIX}/v1/Services`;
  const missing = (): CloudAnswer => refusal(404, 20404, "The requested resource was not found");
  const ids = ({ sid }: StoredService) => ({ account_sid: accountSid, service_sid: sid });
  const page = (key: string, items: readonly object[]): CloudAnswer => ({
    status: 200,
    body: { [key]: items, meta: metaOf(key) },
  });
  const serviceOf = (service: StoredService): object =>
    serviceResource(service.sid, accountSid, service.name, service.includesCredentials);
  const environmentOf = (service: StoredService, { sid, name, domain, build }: StoredEnvironment): object =>
    environmentResource(sid, ids(service), { name, domain, build });
  const versionOf = (service: StoredService, { sid, functionSid, path, visibility }: StoredVersion): object =>
    versionResource(sid, { ...ids(service), function_sid: functionSid }, path, visibility);
  const buildOf = (service: StoredService, build: StoredBuild): object =>
    buildResource(build.sid, ids(service), {
      status: statusOf(build),
      versions: build.versions.map((version) => versionOf(service, version)),
      runtime: build.runtime,
    });

  function find(c: Context): StoredService | undefined {
    const wanted = c.req.param("service") ?? "";
    return services.get(wanted) ?? [...services.values()].find(({ name }) => name === wanted);
  }

  /** Adds a route within a service that exists. */
  function within(path: string, method: "GET" | "POST" | "DELETE", act: ServiceAction): void {
    app.on(method, `${root}/:service${path}`, (c) =>
      serve(c, async ({ form }) => {
        const service = find(c);
        return service === undefined ? missing() : await act(service, form, c);
      }),
    );
  }

  app.get(root, (c) => serve(c, () => page("services", [...services.values()].map(serviceOf))));
  app.post(root, (c) =>
    serve(c, ({ form }) => {
      const name = one(form["UniqueName"]);
      if ([...services.values()].some((service) => service.name === name))
        return refusal(409, 20409, "Service with provided unique name already exists");
      const service = createService(name, one(form["IncludeCredentials"]) === "true");
      services.set(service.sid, service);
      return { status: 201, body: serviceOf(service) };
    }),
  );
  within("", "GET", (service) => ({ status: 200, body: serviceOf(service) }));
  within("", "DELETE", async (service) => {
    services.delete(service.sid);
    await onRemoved(service);
    return { status: 204, body: null };
  });
  within("/Environments", "GET", (service) =>
    page(
      "environments",
      [...service.environments.values()].map((one_) => environmentOf(service, one_)),
    ),
  );
  within("/Environments", "POST", (service, form) => {
    const name = one(form["UniqueName"]);
    if ([...service.environments.values()].some((known) => known.name === name))
      return refusal(409, 20409, "Environment with provided unique name already exists");
    const domain = `${service.name}-${1_000 + services.size}.twil.io`;
    const environment = { sid: fakeSid("ZE"), name, domain, build: null, variables: new Map() };
    service.environments.set(environment.sid, environment);
    return { status: 201, body: environmentOf(service, environment) };
  });
  addVariableRoutes({ accountSid, within, missing });
  within("/Functions", "GET", (service) =>
    page(
      "functions",
      [...service.functions].map(([sid, name]) => functionResource(sid, ids(service), name)),
    ),
  );
  within("/Functions", "POST", (service, form) => {
    const [sid, name] = [fakeSid("ZH"), one(form["FriendlyName"])];
    service.functions.set(sid, name);
    return { status: 201, body: functionResource(sid, ids(service), name) };
  });
  within("/Functions/:function/Versions/:version/Content", "GET", (service, _form, c) => {
    const version = service.versions.get(c.req.param("version") ?? "");
    if (version === undefined) return missing();
    const all = { ...ids(service), function_sid: version.functionSid };
    return { status: 200, body: contentResource(version.sid, all, version.content) };
  });
  app.post(`${UPLOAD_PREFIX}/v1/Services/:service/Functions/:function/Versions`, (c) =>
    serveUpload(c, async () => {
      const service = find(c);
      const functionSid = c.req.param("function");
      if (service?.functions.has(functionSid) !== true) return missing();
      const version = await readUpload(await c.req.formData(), functionSid);
      if (version === null) return refusal(400, 20001, "Path, Visibility and Content are required");
      service.versions.set(version.sid, version);
      return { status: 201, body: versionOf(service, version) };
    }),
  );
  within("/Builds", "POST", (service, form) => {
    const versions = [form["FunctionVersions"] ?? []].flat().map((sid) => service.versions.get(sid));
    const found = versions.filter((version) => version !== undefined);
    if (found.length !== versions.length || found.length === 0)
      return refusal(400, 20001, "At least one function version or asset version is required");
    const runtime = one(form["Runtime"]) || "node22";
    const build = {
      sid: fakeSid("ZB"),
      versions: found,
      runtime,
      hasFailed: doesBuildFail(),
      pollsLeft: buildPolls(),
    };
    service.builds.set(build.sid, build);
    return { status: 201, body: buildOf(service, build) };
  });
  within("/Builds/:build", "GET", (service, _form, c) => {
    const build = service.builds.get(c.req.param("build") ?? "");
    return build === undefined ? missing() : { status: 200, body: buildOf(service, build) };
  });
  within("/Builds/:build/Status", "GET", (service, _form, c) => {
    const build = service.builds.get(c.req.param("build") ?? "");
    if (build === undefined) return missing();
    build.pollsLeft = Math.max(0, build.pollsLeft - 1);
    return { status: 200, body: buildStatusResource(build.sid, ids(service), statusOf(build)) };
  });
  within("/Environments/:environment/Deployments", "POST", async (service, form, c) => {
    const environment = service.environments.get(c.req.param("environment") ?? "");
    const build = service.builds.get(one(form["BuildSid"]));
    if (environment === undefined || build === undefined) return missing();
    if (statusOf(build) !== "completed") return refusal(400, 20001, "The build is not completed");
    environment.build = build.sid;
    await onDeployed(service, environment, build);
    const all = { ...ids(service), environment_sid: environment.sid };
    return { status: 201, body: deploymentResource(fakeSid("ZD"), all, build.sid) };
  });
  return { app, services };
}
