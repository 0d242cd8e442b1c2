import type { Context } from "hono";

import { fakeSid } from "../api/fake-sid.ts";
import { one } from "../api/refusals.ts";
import { metaOf, variableResource } from "./cloud-resources.ts";
import { refusal } from "./create-gatekeeper.ts";
import type { CloudAnswer } from "./create-gatekeeper.ts";
import type { ServiceAction } from "./serverless-app.ts";
import type { StoredEnvironment, StoredService } from "./serverless-store.ts";

/** The longest value of a variable. Source: twilio.com/docs/serverless/api/resource/variable */
const MOST_VALUE_BYTES = 450;
const ROOT = "/Environments/:environment/Variables";

export interface VariableRoutesOptions {
  readonly accountSid: string;
  readonly within: (path: string, method: "GET" | "POST" | "DELETE", act: ServiceAction) => void;
  readonly missing: () => CloudAnswer;
}

/** Adds the routes for variables of an Environment. */
export function addVariableRoutes({ accountSid, within, missing }: VariableRoutesOptions): void {
  function resourceOf(service: StoredService, environment: StoredEnvironment, sid: string): object {
    const { key = "", value = "" } = environment.variables.get(sid) ?? {};
    const ids = { account_sid: accountSid, service_sid: service.sid, environment_sid: environment.sid };
    return variableResource(sid, ids, key, value);
  }

  /** Adds a route below an Environment that exists. */
  function below(
    act: (
      environment: StoredEnvironment,
      service: StoredService,
      form: Readonly<Record<string, string | string[]>>,
      sid: string,
    ) => CloudAnswer,
  ): ServiceAction {
    return (service, form, c: Context) => {
      const environment = service.environments.get(c.req.param("environment") ?? "");
      return environment === undefined
        ? missing()
        : act(environment, service, form, c.req.param("variable") ?? "");
    };
  }

  function write(
    environment: StoredEnvironment,
    service: StoredService,
    variable: { readonly sid: string; readonly key: string; readonly value: string },
    status: number,
  ): CloudAnswer {
    const { sid, key, value } = variable;
    if (Buffer.byteLength(value) > MOST_VALUE_BYTES)
      return refusal(400, 20001, `Value can be at most ${MOST_VALUE_BYTES} bytes`);
    environment.variables.set(sid, { key, value });
    return { status, body: resourceOf(service, environment, sid) };
  }

  within(
    ROOT,
    "GET",
    below((environment, service) => {
      const variables = [...environment.variables.keys()].map((sid) => resourceOf(service, environment, sid));
      return { status: 200, body: { variables, meta: metaOf("variables") } };
    }),
  );
  within(
    ROOT,
    "POST",
    below((environment, service, form) => {
      const [key, value] = [one(form["Key"]), one(form["Value"])];
      if ([...environment.variables.values()].some((known) => known.key === key))
        return refusal(409, 20409, "Variable with provided key already exists");
      return write(environment, service, { sid: fakeSid("ZV"), key, value }, 201);
    }),
  );
  within(
    `${ROOT}/:variable`,
    "POST",
    below((environment, service, form, sid) => {
      const known = environment.variables.get(sid);
      if (known === undefined) return missing();
      const key = one(form["Key"]) || known.key;
      return write(environment, service, { sid, key, value: one(form["Value"]) }, 200);
    }),
  );
  within(
    `${ROOT}/:variable`,
    "DELETE",
    below((environment, _service, _form, sid) =>
      environment.variables.delete(sid) ? { status: 204, body: null } : missing(),
    ),
  );
}
