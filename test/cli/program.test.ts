import assert from "node:assert/strict";

import type { Command } from "commander";

import { version } from "../../package.json";
import { commandTree } from "../support/commands";

/** A command and all below it. */
function withInner(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withInner)];
}

describe("every command of packit-stacks", () => {
  const commands = withInner(commandTree());

  for (const command of commands) {
    it(`${command.name()} says what it does, without what says nothing`, () => {
      assert.notEqual(command.description(), "");
      assert.doesNotMatch(command.helpInformation(), /default:\s+(?:true|false)/);
    });
  }

  it("says which version it is, on standard output and nothing else", () => {
    const said: string[] = [];
    const program = commandTree()
      .exitOverride()
      .configureOutput({ writeOut: (text) => said.push(text) });
    assert.throws(() => program.parse(["--version"], { from: "user" }), { message: version });
    assert.deepEqual(said, [`${version}\n`]);
  });

  it("answers wrong words in the same way, within a group too", () => {
    const told = ["images", "nonsense"];
    const said: string[] = [];
    const program = commandTree();
    const output = { writeErr: (text: string) => said.push(text) };
    for (const command of commands) command.exitOverride().configureOutput(output);
    assert.throws(() => program.parse(["up"], { from: "user" }), /missing required argument 'stack'/);
    assert.throws(() => program.parse(told, { from: "user" }), /unknown command 'nonsense'/);
    assert.equal(said.filter((text) => text.includes("add --help to see")).length, 2);
  });
});
