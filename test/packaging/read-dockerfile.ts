import { DockerfileParser, From, JSONInstruction } from "dockerfile-ast";
import type { Copy, Healthcheck, Instruction, Label } from "dockerfile-ast";

import { rootFile } from "./root-file.ts";

export interface CopyStep {
  /** The name of an earlier stage, or null for the build context. */
  readonly from: string | null;
  readonly sources: readonly string[];
  readonly target: string;
}

export interface Stage {
  readonly name: string | null;
  readonly image: string;
  workdir: string;
  /** The steps in order: files to copy, and shell commands. */
  readonly steps: (CopyStep | string)[];
  readonly labels: Record<string, string>;
  /** The started program and its arguments. */
  entrypoint: readonly string[] | null;
  command: readonly string[];
  healthCheck: readonly string[];
  /** The health check's flags, such as `interval`: `6s`. */
  healthFlags: Readonly<Record<string, string>>;
}

/**
 * Reads the stages of a Dockerfile, by default of the repository's.
 *
 * @throws {Error} for an instruction that the tests do not support
 */
export function readDockerfile(text: string = rootFile("Dockerfile")): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) stages.push(newStage(instruction));
    else addTo(stages.at(-1), instruction);
  }
  return stages;
}

function newStage(from: From): Stage {
  return {
    name: from.getBuildStage(),
    image: from.getImage() ?? "",
    workdir: "/",
    steps: [],
    labels: {},
    entrypoint: null,
    command: [],
    healthCheck: [],
    healthFlags: {},
  };
}

function addTo(stage: Stage | undefined, instruction: Instruction): void {
  const text = instruction.getArgumentsContent() ?? "";
  if (stage === undefined) throw new Error(`no stage begins before ${instruction.getKeyword()}`);
  switch (instruction.getKeyword()) {
    case "WORKDIR":
      stage.workdir = text;
      break;
    case "COPY":
      stage.steps.push(copyStep(instruction as Copy));
      break;
    case "RUN":
      stage.steps.push(text);
      break;
    case "ENTRYPOINT":
      stage.entrypoint = programOf(instruction);
      break;
    case "CMD":
      stage.command = programOf(instruction);
      break;
    case "HEALTHCHECK":
      stage.healthCheck = checkOf(instruction as Healthcheck);
      stage.healthFlags = flagsOf(instruction as Healthcheck);
      break;
    case "LABEL":
      for (const label of (instruction as Label).getProperties()) {
        stage.labels[label.getName()] = label.getValue() ?? "";
      }
      break;
    case "ARG":
    case "ENV":
      break;
    default:
      throw new Error(`the tests do not follow ${instruction.getKeyword()}`);
  }
}

function copyStep(copy: Copy): CopyStep {
  const paths = copy.getArguments().map((argument) => argument.getValue());
  const target = paths.pop() ?? "";
  return { from: copy.getFromFlag()?.getValue() ?? null, sources: paths, target };
}

/** The program of an instruction. Only the form without a shell is accepted. */
function programOf(instruction: Instruction): string[] {
  if (!(instruction instanceof JSONInstruction) || instruction.getOpeningBracket() === null) {
    throw new Error(`${instruction.getKeyword()} needs a shell`);
  }
  return JSON.parse(instruction.getArgumentsContent() ?? "") as string[];
}

function checkOf(healthCheck: Healthcheck): string[] {
  const [, program] = /\bCMD (\[.*\])$/.exec(healthCheck.getArgumentsContent() ?? "") ?? [];
  if (program === undefined) throw new Error("HEALTHCHECK needs a shell");
  return JSON.parse(program) as string[];
}

function flagsOf(healthCheck: Healthcheck): Record<string, string> {
  return Object.fromEntries(healthCheck.getFlags().map((flag) => [flag.getName(), flag.getValue() ?? ""]));
}
