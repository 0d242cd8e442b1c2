import type { NumberSettings } from "../number-webhooks.ts";
import { writeVariable } from "./deploy-relay.ts";
import type { FunctionHosting } from "./ports.ts";

/** A variable holds 450 bytes at most. Source: twilio.com/docs/serverless/api/resource/variable */
const MOST_BYTES = 440;
const PREFIX = "BEFORE";

type Place = { readonly service: string; readonly environment: string };
type Variables = Pick<FunctionHosting, "variables" | "createVariable" | "updateVariable">;

/**
 * The numbers' settings before the relay, as variables of the relay's Environment. They can be restored if the journal
 * is lost. One number takes several variables: `BEFORE_PN…_1` and so on.
 */
export function createFormerSettings(hosting: Variables, { service, environment }: Place) {
  return {
    async save(sid: string, settings: NumberSettings): Promise<void> {
      const text = Buffer.from(JSON.stringify(settings)).toString("base64url");
      const parts = text.match(new RegExp(`.{1,${MOST_BYTES}}`, "g")) ?? [];
      // An earlier text may have had more parts, so the part `-` marks the end of this one.
      for (const [index, value] of [...parts, "-"].entries())
        await writeVariable(hosting, {
          service,
          environment: { sid: environment },
          key: `${PREFIX}_${sid}_${index + 1}`,
          value,
        });
    },
    /** The settings, by the number's SID. Values that cannot be read are left out. */
    async read(): Promise<ReadonlyMap<string, NumberSettings>> {
      const variables = await hosting.variables(service, environment);
      const sids = new Set([...variables.keys()].flatMap((name) => sidIn(name) ?? []));
      const found = [...sids].flatMap((sid) => {
        const settings = settingsIn(sid, (name) => variables.get(name)?.value);
        return settings === null ? [] : [[sid, settings] as const];
      });
      return new Map(found);
    },
  };
}

function sidIn(name: string): string | null {
  return /^BEFORE_(PN[0-9a-f]{32})_1$/i.exec(name)?.[1] ?? null;
}

function settingsIn(sid: string, valueOf: (name: string) => string | undefined): NumberSettings | null {
  let text = "";
  for (let index = 1; ; index += 1) {
    const part = valueOf(`${PREFIX}_${sid}_${index}`);
    if (part === undefined || part === "-") break;
    text += part;
  }
  try {
    const settings: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return isSettings(settings) ? settings : null;
  } catch {
    return null;
  }
}

function isSettings(value: unknown): value is NumberSettings {
  return (
    typeof value === "object" &&
    value !== null &&
    "smsUrl" in value &&
    Object.values(value).every((one) => typeof one === "string")
  );
}
