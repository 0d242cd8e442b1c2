import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { ROOT, rootYaml } from "../packaging/root-file.ts";

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: unknown[] };
  readonly validations?: { readonly required: boolean };
}
interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly Field[];
}

const FOLDER = ".github/ISSUE_TEMPLATE";
const FORMS = readdirSync(join(ROOT, FOLDER)).map((file) => ({
  file,
  ...rootYaml<Form>(`${FOLDER}/${file}`),
}));

describe.each(FORMS)("the GitHub issue form $file", ({ name, description, body }) => {
  test("has the fields that GitHub requires of a form", () => {
    expect([name, description]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
    const fields = body.filter(({ type }) => type !== "markdown");
    for (const { type, id, attributes } of fields) {
      expect(["input", "textarea", "dropdown", "checkboxes"]).toContain(type);
      expect(id).toMatch(/^[a-z-]+$/);
      expect(attributes.label).toMatch(/\S/);
      expect((attributes.options ?? []).length > 0).toBe(type === "dropdown" || type === "checkboxes");
    }
    expect(fields.length).toBeGreaterThan(0);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });
});

test("the issue form for a bug asks for the versions, for how the app runs, and for the log", () => {
  const body = FORMS.find(({ file }) => file === "bug.yml")?.body ?? [];
  const required = body.filter(({ validations }) => validations?.required === true).map(({ id }) => id);
  expect(required).toEqual(
    expect.arrayContaining(["what", "app-version", "core-version", "installation", "log"]),
  );
});

test("Dependabot updates each kind of file that names versions of packages or actions", () => {
  const { updates } = rootYaml<{ updates: { "package-ecosystem": string; groups: object }[] }>(
    ".github/dependabot.yml",
  );
  expect(updates.map((update) => update["package-ecosystem"])).toEqual(["npm", "docker", "github-actions"]);
  expect(updates.filter(({ groups }) => Object.keys(groups).length === 0)).toEqual([]);
  const files = ["package-lock.json", "Dockerfile", ".github/workflows"];
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});
