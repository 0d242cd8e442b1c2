import * as z from "zod";

import type { FunctionEnvironment, FunctionHosting } from "../../setup/relay/ports.ts";
import type { CloudClient } from "./cloud-client.ts";
import { listResources } from "./list-resources.ts";
import { writeMultipart } from "./write-multipart.ts";

/** The unique name of the relay's only Environment, Twilio's word for one deployment of a service. */
const ENVIRONMENT = "house";
/**
 * The Node version in which Twilio runs the relay. The version of Twilio's runtime handler, in DEPENDENCIES, must be at
 * least 1.2. An older one does not give a Function the headers of a request.
 */
const RUNTIME = "node22";
const DEPENDENCIES = JSON.stringify([{ name: "@twilio/runtime-handler", version: "2.1.0" }]);

const sidSchema = z.object({ sid: z.string() });
const environmentSchema = z.object({
  sid: z.string(),
  unique_name: z.string(),
  domain_name: z.string(),
  build_sid: z.string().nullish(),
});
const variableSchema = z.object({ sid: z.string(), key: z.string(), value: z.string() });
const functionSchema = z.object({ sid: z.string(), friendly_name: z.string() });
const buildSchema = z.object({ status: z.enum(["building", "completed", "failed"]) });
const builtSchema = z.object({
  function_versions: z.array(z.object({ sid: z.string(), function_sid: z.string(), path: z.string() })),
});
const contentSchema = z.object({ content: z.string() });

/** Creates, reads and deletes Functions with Twilio's Serverless API. Source: twilio.com/docs/serverless/api */
export function createFunctionHosting(client: CloudClient, boundary: () => string): FunctionHosting {
  const root = "/v1/Services";

  async function post(path: string, form: Readonly<Record<string, string | boolean | readonly string[]>>) {
    return await client.call("serverless", { method: "POST", path, form });
  }

  /** Creates a resource and returns its SID. */
  async function create(path: string, form: Readonly<Record<string, string | boolean | readonly string[]>>) {
    return sidSchema.parse(await post(path, form)).sid;
  }

  const list = <Item>(path: string, key: string, item: z.ZodType<Item>): Promise<Item[]> =>
    listResources(client, "serverless", path, { key, item });

  return {
    async findService(name) {
      const found = await client.find("serverless", `${root}/${name}`);
      return found === null ? null : sidSchema.parse(found).sid;
    },
    createService: (name) =>
      create(root, { UniqueName: name, FriendlyName: name, IncludeCredentials: true, UiEditable: true }),
    removeService: (service) => client.remove("serverless", `${root}/${service}`),
    async findEnvironment(service) {
      const all = await list(`${root}/${service}/Environments`, "environments", environmentSchema);
      const found = all.find(({ unique_name: name }) => name === ENVIRONMENT);
      return found === undefined ? null : environmentOf(found);
    },
    createEnvironment: async (service) =>
      environmentOf(
        environmentSchema.parse(await post(`${root}/${service}/Environments`, { UniqueName: ENVIRONMENT })),
      ),
    async variables(service, environment) {
      const path = `${root}/${service}/Environments/${environment}/Variables`;
      const all = await list(path, "variables", variableSchema);
      return new Map(all.map(({ sid, key, value }) => [key, { sid, value }]));
    },
    async createVariable(service, environment, name, value) {
      await post(`${root}/${service}/Environments/${environment}/Variables`, { Key: name, Value: value });
    },
    async updateVariable(service, environment, variable, value) {
      await post(`${root}/${service}/Environments/${environment}/Variables/${variable}`, { Value: value });
    },
    async functions(service) {
      const all = await list(`${root}/${service}/Functions`, "functions", functionSchema);
      return new Map(all.map(({ sid, friendly_name: name }) => [name, sid]));
    },
    createFunction: (service, path) => create(`${root}/${service}/Functions`, { FriendlyName: path }),
    async upload(service, functionSid, path, source) {
      const raw = writeMultipart(boundary(), {
        // Public, because the Function checks Twilio's signature itself. Twilio does not document whether a protected
        // Function receives the signature.
        fields: { Path: path, Visibility: "public" },
        file: { name: "Content", filename: "relay.js", type: "application/javascript", content: source },
      });
      const uploaded = `${root}/${service}/Functions/${functionSid}/Versions`;
      return sidSchema.parse(await client.call("serverless-upload", { method: "POST", path: uploaded, raw }))
        .sid;
    },
    createBuild: (service, versions) =>
      create(`${root}/${service}/Builds`, {
        FunctionVersions: versions,
        Dependencies: DEPENDENCIES,
        Runtime: RUNTIME,
      }),
    async buildState(service, build) {
      const path = `${root}/${service}/Builds/${build}/Status`;
      return buildSchema.parse(await client.call("serverless", { method: "GET", path })).status;
    },
    async builtSources(service, build) {
      const found = await client.find("serverless", `${root}/${service}/Builds/${build}`);
      if (found === null) return new Map();
      const versions = builtSchema.parse(found).function_versions;
      const sources = await Promise.all(
        versions.map(async ({ sid, function_sid: functionSid, path }) => {
          const content = `${root}/${service}/Functions/${functionSid}/Versions/${sid}/Content`;
          const { content: text } = contentSchema.parse(
            await client.call("serverless", { method: "GET", path: content }),
          );
          return [path, text] as const;
        }),
      );
      return new Map(sources);
    },
    async deploy(service, environment, build) {
      await post(`${root}/${service}/Environments/${environment}/Deployments`, { BuildSid: build });
    },
  };
}

function environmentOf(found: z.output<typeof environmentSchema>): FunctionEnvironment {
  return { sid: found.sid, domain: found.domain_name, build: found.build_sid ?? null };
}
