import assert from "node:assert/strict";

import fc from "fast-check";

import { type ReadComment, readComment } from "../../../../cli/instances/comments/command";
import { REPOSITORIES } from "../../../../stacks/settings";
import { refText } from "../../../../stacks/settings/references";

const read = (body: string): ReadComment => readComment(body, "packit-service");
const command = (body: string) => {
  const comment = read(body);
  if (comment.kind === "command") return comment.command;
  assert.fail(JSON.stringify(comment));
};
const problems = (body: string): string => {
  const comment = read(body);
  if (comment.kind === "wrong") return comment.problems.join("\n");
  assert.fail(JSON.stringify(comment));
};

describe("a comment's command", () => {
  it("is the first line that begins with one", () => {
    assert.deepEqual(command("Let us see.\r\n\r\n/packit-deploy\r\n/packit-destroy"), {
      verb: "deploy",
      references: [],
    });
  });

  it("names what runs beside the pull request, in the fixed order", () => {
    assert.deepEqual(command("/packit-deploy --base=prod  ogr=somebody:fix packit=branch:main\t--ttl=7d "), {
      verb: "deploy",
      base: "prod",
      ttl: "7d",
      references: [
        { repository: "packit", ref: { kind: "branch", branch: "main" } },
        { repository: "ogr", ref: { kind: "fork", owner: "somebody", branch: "fix" } },
      ],
    });
  });

  it("may be another than deploy", () => {
    assert.deepEqual(command("/packit-destroy "), { verb: "destroy" });
    assert.deepEqual(command("/packit-extend"), { verb: "extend" });
    assert.deepEqual(command("/packit-extend 24h"), { verb: "extend", ttl: "24h" });
    assert.deepEqual(command("/packit-logs"), { verb: "logs" });
    assert.deepEqual(command("/packit-logs worker-short-running"), {
      verb: "logs",
      component: "worker-short-running",
    });
    assert.deepEqual(command("/packit-wake"), { verb: "wake" });
  });

  for (const body of [
    "",
    "please /packit-deploy",
    " /packit-deploy",
    "> /packit-deploy",
    "/packit-deployment",
    "/packit-deploy;id",
    "/packit deploy",
    "/Packit-deploy",
    "/packit-dev build",
    "/p\u0430ckit-deploy",
    "\uff0fpackit-deploy",
    "/packit\u2010deploy",
    "/packit-deploy\u2028ogr=123",
    "/packit-deploy\u00a0ogr=123",
    "\u200b/packit-deploy",
  ]) {
    it(`is not ${JSON.stringify(body)}`, () => {
      assert.deepEqual(read(body), { kind: "none" });
    });
  }

  it("tells everything that is wrong at once", () => {
    const found = problems(
      "/packit-deploy --base=live ogr=0 ogre=1 packit=1 packit=2 --ttl=never packit-service=7",
    );
    for (const word of [
      "--base=live",
      "ogr=0",
      "ogre=1",
      "`packit` is named twice",
      "`never`",
      "very pull",
    ]) {
      assert.ok(found.includes(word), `${word} in ${found}`);
    }
  });

  it("has nothing more than it takes", () => {
    assert.match(problems("/packit-destroy stg"), /takes nothing, not `stg`/);
    assert.match(problems("/packit-extend 3h 4h"), /one time at most/);
    assert.match(problems("/packit-logs api worker"), /one component/);
    assert.match(problems("/packit-logs ../../etc/passwd"), /no component/);
    assert.match(problems("/packit-logs $(id)"), /`\?\?id\?`/);
  });

  it("is refused when it is 60 KB long, without echoing it", () => {
    assert.ok(problems(`/packit-deploy ${"ogr=1 ".repeat(10_000)}`).length < 200);
    assert.deepEqual(read(`${"x".repeat(60_000)}\n/packit-wake`).kind, "command");
  });

  it("holds only what the grammars admit, whatever somebody writes", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.constantFrom(
        ";",
        "$(id)",
        "`id`",
        "&& reboot",
        "\u0000",
        "-rf",
        "--yes",
        "..",
        "ogr=123",
        "packit=o:b",
      ),
    );
    const word = fc.oneof(
      hostile,
      fc
        .tuple(fc.constantFrom(...REPOSITORIES, "--base", "--ttl"), hostile)
        .map(([name, value]) => `${name}=${value}`),
    );
    const verb = fc.constantFrom("deploy", "destroy", "extend", "logs", "wake");
    fc.assert(
      fc.property(verb, fc.array(word, { maxLength: 6 }), (name, words) => {
        const comment = read(`/packit-${name} ${words.join(" ")}`);
        if (comment.kind === "wrong") {
          for (const problem of comment.problems) assert.match(problem, /^[\x20-\x7e\u2026]{1,700}$/);
        } else if (comment.kind === "command") {
          for (const text of texts(comment.command)) {
            assert.match(text, /^(?!-)[A-Za-z0-9._/:-]{1,140}$/);
            assert.ok(!text.includes(".."));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

type Command = Extract<ReadComment, { kind: "command" }>["command"];

/** Every text in a command. */
function texts(given: Command): string[] {
  const { verb, ...rest } = given;
  const more =
    "references" in rest ? rest.references.flatMap(({ repository, ref }) => [repository, refText(ref)]) : [];
  return [verb, ...Object.values(rest).filter((value) => typeof value === "string"), ...more];
}
