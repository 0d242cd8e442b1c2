import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import { askHomeAssistant } from "./ask-home-assistant.ts";
import { deployRelay } from "./deploy-relay.ts";
import type { RelayDeployment } from "./deploy-relay.ts";
import { createFormerSettings } from "./former-settings.ts";
import type { FunctionHosting, HouseWebhook, MissingAddress, RelayProbe, SyncHosting } from "./ports.ts";
import type { RelayNumbers } from "./relay-numbers.ts";
import { withBegunHouseUrl } from "./relay-record.ts";
import type { RelayMemory, RelayRecord } from "./relay-record.ts";
import type { RelaySource } from "./relay-source.ts";
import type { RelayStep } from "./relay-state.ts";
import { setUpError } from "./set-up-error.ts";
import { untilDone } from "./until-done.ts";

/** The highest number of tests of the new relay. Functions at a new domain only answer after some seconds. */
const TESTS = 10;
const TEST_AGAIN_MS = 3_000;

const REASONS: Readonly<Record<MissingAddress, string>> = {
  no_address: "Home Assistant has no address that Twilio could reach it at",
  no_cloudhook: "Home Assistant Cloud does not create a cloudhook at present",
};

export interface SetUpRelayOptions {
  readonly house: HouseWebhook;
  readonly hosting: FunctionHosting;
  readonly sync: SyncHosting;
  readonly numbers: RelayNumbers;
  readonly probe: RelayProbe;
  readonly memory: RelayMemory;
  /** Reads the source text of the relay that belongs to this version of the app. */
  readonly source: () => Promise<RelaySource>;
  /** The name of the relay's Service at Twilio. Rejects if Home Assistant does not answer. */
  readonly name: () => Promise<string>;
  readonly owner: string;
  /** The TwiML that a caller gets while the app does not answer the relay. It has at most 450 bytes. */
  readonly awayTwiml: () => Promise<string>;
  readonly hash: (text: string) => string;
  /** Called after the app has stored something new about the relay, such as its public address. */
  readonly onChanged: () => void;
  readonly chance: Chance;
  readonly clock: Clock;
}

export interface RelayWorkContext {
  readonly onStep: (step: RelayStep) => void;
  readonly signal: AbortSignal;
}

/**
 * Creates the functions that set up or update the relay (the app's small program at Twilio). `setUp` tests the new
 * relay, and then writes its webhook URLs to the chosen numbers. It rejects with a `CloudRequestError`; the last step
 * that `onStep` named is the one that failed.
 */
export function createRelayInstaller(options: SetUpRelayOptions) {
  const { house, hosting, sync, numbers, probe, memory, chance, clock } = options;

  /** Returns the stored key and webhook ID, or makes and stores new ones. So a second attempt uses the same ones. */
  function ownRecord(): RelayRecord {
    const known = memory.get();
    if (known !== null) return known;
    const record = {
      key: chance.bytes(32).toString("base64"),
      webhookId: chance.bytes(32).toString("hex"),
      name: null,
      deployed: null,
    };
    memory.set(record);
    options.onChanged();
    return record;
  }

  async function setUp(
    chosen: readonly string[],
    { onStep, signal }: RelayWorkContext,
  ): Promise<{ readonly ms: number }> {
    onStep("house");
    const record = ownRecord();
    const name = await askHomeAssistant(options.name);
    const address = await askHomeAssistant(() => house.address(record.webhookId));
    if (typeof address === "string") throw setUpError(address, REASONS[address]);
    // Store the name before anything is created. Otherwise, after a failed set-up, polling would take the created
    // Service for the relay of another installation.
    const named = { ...record, name };
    memory.set(named);
    const deployment = await deploy(named, { name, houseUrl: address.url }, { onStep, signal });
    options.onChanged();
    onStep("test");
    // Test the relay before changing the numbers. If it does not work, the numbers keep their settings.
    const { ms } = await testUntilReached(deployment.domain, signal);
    onStep("numbers");
    const former = createFormerSettings(hosting, deployment);
    const base = `https://${deployment.domain}`;
    await untilDone(() => numbers.point(chosen, base, former.save), clock, signal);
    return { ms };
  }

  async function deploy(
    record: RelayRecord,
    { name, houseUrl }: { readonly name: string; readonly houseUrl: string },
    { onStep, signal }: RelayWorkContext,
  ): Promise<RelayDeployment> {
    const source = await options.source();
    if (record.deployed !== null) memory.set(withBegunHouseUrl(record, record.deployed, houseUrl));
    const variables = {
      OWNER: options.owner,
      HOUSE_URL: houseUrl,
      KEY: record.key,
      AWAY: await options.awayTwiml(),
    };
    return await deployRelay({
      hosting,
      sync,
      name,
      source,
      sourceHash: options.hash(source.text),
      variables,
      onStep,
      onDeployed: (deployment) =>
        memory.set({ ...record, deployed: { ...deployment, houseUrl, begunHouseUrls: [] } }),
      clock,
      signal,
    });
  }

  /** Deploys the source text of this version of the app to the existing relay. */
  async function redeploy(signal: AbortSignal): Promise<void> {
    const record = memory.get();
    if (record === null || record.deployed === null) return;
    const { houseUrl } = record.deployed;
    await deploy(record, { name: await options.name(), houseUrl }, { onStep() {}, signal });
  }

  async function testUntilReached(domain: string, signal: AbortSignal) {
    for (let tried = 1; ; tried += 1) {
      const result = await probe.test(domain);
      if (result.ok) return result;
      if (tried >= TESTS || signal.aborted) throw setUpError("relay_test_failed", result.reason);
      await clock.wait(TEST_AGAIN_MS, signal);
    }
  }

  return { setUp, redeploy };
}
