import type { NumberSettings } from "../number-webhooks.ts";
import { writeVariable } from "./deploy-relay.ts";
import type { FunctionHosting } from "./ports.ts";

/**
 * The most bytes that the app writes into one variable. Twilio allows at most 450 bytes.
 * Source: twilio.com/docs/serverless/api/resource/variable
 */
const MOST_BYTES = 440;
const PREFIX = "BEFORE";

type Place = { readonly service: string; readonly environment: string };
type Variables = Pick<FunctionHosting, "variables" | "createVariable" | "updateVariable">;

/**
 * Stores the webhook settings that numbers had before the relay was set up, in variables of the relay at Twilio. So the
 * app can restore the settings even if it has lost its journal. The settings of one number take several variables,
 * `BEFORE_PN…_1` and so on.
 */
export function createFormerSettings(hosting: Variables, { service, environment }: Place) {
  return {
    async save(sid: string, settings: NumberSettings): Promise<void> {
      const text = Buffer.from(JSON.stringify(settings)).toString("base64url");
      const parts = text.match(new RegExp(`.{1,${MOST_BYTES}}`, "g")) ?? [];
      // A longer text may have been stored earlier, in more parts. The part `-` marks the end of the present text.
      for (const [index, value] of [...parts, "-"].entries())
        await writeVariable(hosting, {
          service,
          environment: { sid: environment },
          key: `${PREFIX}_${sid}_${index + 1}`,
          value,
        });
    },
    /**
     * Reads the stored settings from the relay's variables at Twilio, by the SIDs of the numbers. A number whose settings
     * cannot be read is left out.
     */
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
