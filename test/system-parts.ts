import { SYSTEM_CHANCE } from "../src/app/system/chance.ts";
import { SYSTEM_CLOCK } from "../src/app/system/clock.ts";
import { createTransport } from "../src/app/system/transport.ts";

/** The machine's clock, chance and network, as the app itself has them. */
export const SYSTEM_PARTS = { clock: SYSTEM_CLOCK, chance: SYSTEM_CHANCE, transport: createTransport() };
