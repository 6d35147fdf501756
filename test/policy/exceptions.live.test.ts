import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Checkout } from "../support/checkout";

/** Breaks `images/registries` once, with an ImageStream. */
const BROKEN = `
  packit:images:
    nginx:
      source: registry.example.org/nginx:1.29
`;
const REFUSED = "the stream imports registry.example.org/nginx:1.29 [images/registries]";

/** Dates as people write them, without quotes: the engine makes a time of them. */
function excepted(until: string): string {
  return `
  packit:policyExceptions:
    - rule: images/registries
      resource: ImageStream/nginx
      reason: the usual registry is down
      until: ${until}
`;
}

/** Settings of production, and all that the policy has to say of them. */
const CASES: readonly (readonly [what: string, settings: string, says: readonly string[]])[] = [
  ["a rule that is broken stops it", BROKEN, [REFUSED]],
  ["an exception lets that one resource through", BROKEN + excepted("2099-01-31"), []],
  [
    "an exception that is over stops it, and what it excepted as well",
    BROKEN + excepted("2020-01-31"),
    [
      "the exception of ImageStream/nginx from images/registries ended on 2020-01-31 [policy/exceptions]",
      REFUSED,
    ],
  ],
];

describe("exceptions of production's settings", () => {
  let checkout: Checkout;
  let tracked: string;

  const write = (text: string, ...path: readonly string[]): void => {
    writeFileSync(join(checkout.root, ...path), text);
  };

  before(async () => {
    checkout = Checkout.make();
    tracked = readFileSync(join(checkout.root, "Pulumi.prod.yaml"), "utf8");
    const secrets = await checkout.stacks("example-secrets", "prod", "--local");
    assert.equal(secrets.code, 0, secrets.output);
    // Brings the control plane up, too.
    const preview = await checkout.stacks("preview", "prod", "--local");
    assert.equal(preview.code, 0, preview.output);
  });
  after(() => checkout.close());

  for (const [by, args] of [
    ["the program's own guard", []],
    ["the pack alone", ["--policy-pack", "policy"]],
  ] as const) {
    for (const [what, settings, says] of CASES) {
      it(`by ${by}: ${what}`, async () => {
        if (args.length > 0)
          write("export const installGuard = (): void => undefined;\n", "policy", "guard.ts");
        write(tracked + settings, "Pulumi.prod.yaml");
        const { code, output } = await checkout.pulumiLocally("prod", "preview", ...args);
        const said = Array.from(
          output.matchAll(/the (?:stream|exception) .* \[[a-z]+\/[a-z]+\]$/gm),
          ([all]) => all,
        );
        assert.deepEqual([...new Set(said)].sort(), says, output);
        assert.equal(code === 0, says.length === 0, output);
      });
    }
  }
});
