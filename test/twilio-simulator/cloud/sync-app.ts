import { Hono } from "hono";

import { fakeSid } from "../api/fake-sid.ts";
import { one } from "../api/refusals.ts";
import { documentResource, metaOf, syncServiceResource } from "./cloud-resources.ts";
import { createGatekeeper, refusal } from "./create-gatekeeper.ts";
import type { CloudAnswer, GatekeeperOptions } from "./create-gatekeeper.ts";

const PREFIX = "/sync";
const PATHS = [
  "/v1/Services",
  "/v1/Services/{Sid}",
  "/v1/Services/{ServiceSid}/Documents",
  "/v1/Services/{ServiceSid}/Documents/{Sid}",
];
/** The largest document. Source: twilio.com/docs/sync/limits */
const MOST_BYTES = 16 * 1024;

export interface SyncDocument {
  readonly sid: string;
  readonly name: string;
  readonly data: unknown;
  /** The time at which the document expires, in milliseconds since 1970. Null if it does not. */
  readonly expires: number | null;
}

export interface SyncService {
  readonly sid: string;
  readonly name: string;
  readonly documents: Map<string, SyncDocument>;
}

export interface SyncAppOptions extends Omit<GatekeeperOptions, "prefix" | "api" | "document"> {
  readonly accountSid: string;
  readonly now: () => number;
}

/** Creates the part of Twilio Sync that stores documents. */
export function createSyncApp({ accountSid, now, ...keeper }: SyncAppOptions) {
  const services = new Map<string, SyncService>();
  const serve = createGatekeeper({
    ...keeper,
    prefix: PREFIX,
    api: "sync",
    document: { name: "sync_v1", paths: PATHS },
  });
  const app = new Hono().basePath(`${PREFIX}/v1/Services`);
  const resource = ({ sid, name }: SyncService) => syncServiceResource(sid, accountSid, name);
  const missing = (): CloudAnswer =>
    refusal(404, 20404, "The requested resource was not found: Document not found");

  app.get("/", (c) =>
    serve(c, () => ({
      status: 200,
      body: { services: [...services.values()].map(resource), meta: metaOf("services") },
    })),
  );
  app.post("/", (c) =>
    serve(c, ({ form }) => {
      const service = { sid: fakeSid("IS"), name: one(form["FriendlyName"]), documents: new Map() };
      services.set(service.sid, service);
      return { status: 201, body: resource(service) };
    }),
  );
  app.get("/:service", (c) =>
    serve(c, () => {
      const service = services.get(c.req.param("service"));
      return service === undefined ? missing() : { status: 200, body: resource(service) };
    }),
  );
  app.delete("/:service", (c) =>
    serve(c, () => (services.delete(c.req.param("service")) ? { status: 204, body: null } : missing())),
  );
  app.post("/:service/Documents", (c) =>
    serve(c, ({ form }) => {
      const service = services.get(c.req.param("service"));
      if (service === undefined) return missing();
      const name = one(form["UniqueName"]);
      if (find(service, name) !== null)
        return refusal(409, 54301, "An entity with given unique name already exists");
      return write(service, { sid: fakeSid("ET"), name }, form, 201);
    }),
  );
  app.get("/:service/Documents/:name", (c) =>
    serve(c, () => {
      const service = services.get(c.req.param("service"));
      const found = service === undefined ? null : find(service, c.req.param("name"));
      return service === undefined || found === null
        ? missing()
        : { status: 200, body: documentOf(service, found) };
    }),
  );
  app.post("/:service/Documents/:name", (c) =>
    serve(c, ({ form }) => {
      const service = services.get(c.req.param("service"));
      const found = service === undefined ? null : find(service, c.req.param("name"));
      return service === undefined || found === null ? missing() : write(service, found, form, 200);
    }),
  );
  return { app, services };

  function find(service: SyncService, name: string): SyncDocument | null {
    const found = service.documents.get(name);
    return found === undefined || (found.expires ?? Infinity) <= now() ? null : found;
  }

  function write(
    service: SyncService,
    { sid, name }: Pick<SyncDocument, "sid" | "name">,
    form: Readonly<Record<string, string | string[]>>,
    status: number,
  ): CloudAnswer {
    const text = one(form["Data"]);
    if (Buffer.byteLength(text) > MOST_BYTES) return refusal(413, 54006, "Request entity too large");
    const ttl = Number(one(form["Ttl"]) || "0");
    const document = { sid, name, data: JSON.parse(text), expires: ttl === 0 ? null : now() + ttl * 1_000 };
    service.documents.set(name, document);
    return { status, body: documentOf(service, document) };
  }

  function documentOf(service: SyncService, { sid, name, data, expires }: SyncDocument) {
    return documentResource(
      sid,
      { account_sid: accountSid, service_sid: service.sid },
      { name, data, expires },
    );
  }
}
