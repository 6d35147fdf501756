import assert from "node:assert/strict";

import { overlay, type Tree } from "../../stacks/settings/tree";
import { EVERYTHING } from "../stacks/everything";
import { production } from "../stacks/production";
import { deviations, type Deviation } from "./compare";
import type { Facts } from "./model";
import { observed } from "./observe";
import { changedOnPurpose, tableRow } from "./purpose";
import { PROD } from "./tables";

/** Every component, and workers of all kinds. */
const COMPLETE: Tree = overlay(EVERYTHING, { workers: { all: { replicas: 1 } } });

describe("production beside the Ansible deployment", () => {
  const listed = changedOnPurpose(Object.keys(PROD));
  let found: readonly Deviation[];
  let is: Facts;

  before(async () => {
    is = observed(await production(COMPLETE));
    found = deviations(PROD, is, listed);
  });

  it("has every variable, mount, port, command, request and limit, or docs/defects.md says why not", () => {
    const known = new Set(listed.map(tableRow));
    assert.deepEqual(
      found.map(tableRow).filter((row) => !known.has(row)),
      [],
    );
  });

  it("deviates in everything that docs/defects.md lists as changed on purpose", () => {
    const seen = new Set(found.map(tableRow));
    assert.deepEqual(
      listed.map(tableRow).filter((row) => !seen.has(row)),
      [],
    );
  });

  it("deviates for a reason each time, and is explained once", () => {
    assert.deepEqual(listed.filter(({ why }) => why.length < 3).map(tableRow), []);
    const rows = listed.map(tableRow);
    assert.deepEqual(
      rows.filter((row, index) => rows.indexOf(row) !== index),
      [],
    );
  });

  it("is compared with all that there was", () => {
    // So that a table that is no longer read, or an observer that sees nothing, does not pass for agreement.
    assert.ok(Object.keys(PROD).length >= 50, `${Object.keys(PROD).length} objects of old`);
    assert.ok(Object.keys(is).length > Object.keys(PROD).length);
  });
});
