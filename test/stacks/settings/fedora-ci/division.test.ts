import assert from "node:assert/strict";

import fc from "fast-check";

import { divisionFindings } from "../../../../stacks/settings/fedora-ci/division";
import { FEDORA_CI_KEYS, LOGDETECTIVE_KEY, receives } from "../../../../stacks/settings/fedora-ci/keys";
import type { Share } from "../../../../stacks/settings/fedora-ci/share";
import { shareInFile } from "../../../../stacks/settings/fedora-ci/share-in-file";
import { filesIn, loadSettings, parseStackName, requirePackit } from "../../../../stacks/settings";
import { findingsOf, load, ROOT, tracked } from "../loading";

const LISTED = ["rpms/a", "rpms/b", "rpms/c"].map((path) => `https://src.fedoraproject.org/${path}`);

/** Stands for every project that is in no list. */
const UNLISTED = "https://src.fedoraproject.org/rpms/unlisted";

const EVENTS = [...FEDORA_CI_KEYS, LOGDETECTIVE_KEY];

const routingKeys = fc.oneof(
  { weight: 3, arbitrary: fc.constant(EVENTS) },
  {
    weight: 1,
    arbitrary: fc.subarray([...EVENTS, "org.fedoraproject.prod.#", "*.*.prod.pagure.#", "#.analysis"]),
  },
);
const projects = fc.subarray(LISTED);

function share(stack: string): fc.Arbitrary<Share> {
  return fc.record({
    stack: fc.constant(stack),
    routingKeys,
    runByDefault: fc.boolean(),
    enabledProjects: projects,
    disabledProjects: projects,
    logdetectiveEnabled: fc.boolean(),
  });
}

function isServed({ runByDefault, enabledProjects, disabledProjects }: Share, project: string): boolean {
  return !disabledProjects.includes(project) && (runByDefault || enabledProjects.includes(project));
}

/** Whether a stack has Log Detective asked, and does not hear of what it says. */
function isDeafToLogDetective(one: Share): boolean {
  const hears = one.routingKeys.some((key) => receives(key, LOGDETECTIVE_KEY));
  return one.logdetectiveEnabled && !hears && [...LISTED, UNLISTED].some((project) => isServed(one, project));
}

/** By how many stacks the event is handled: those that are to serve the project, and hear of it. */
function handlers(shares: readonly Share[], project: string, topic: string): number {
  return shares.filter(
    (one) =>
      isServed(one, project) &&
      (topic !== LOGDETECTIVE_KEY || one.logdetectiveEnabled) &&
      one.routingKeys.some((key) => receives(key, topic)),
  ).length;
}

/** Whether somebody is to handle the events of a project. */
function isWanted(shares: readonly Share[], project: string, everyProject: boolean): boolean {
  if (shares.every(({ disabledProjects }) => disabledProjects.includes(project))) return false;
  if (project === UNLISTED) return everyProject || shares.some(({ runByDefault }) => runByDefault);
  return shares.some(
    ({ runByDefault, enabledProjects }) => runByDefault || enabledProjects.includes(project),
  );
}

describe("the division of Fedora CI's projects", () => {
  it("lets no event be handled twice or by nobody, whatever the settings of both stacks", () => {
    const found = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(share("prod"), share("fedora-ci-prod"), fc.boolean(), (one, other, everyProject) => {
        const shares = [one, other];
        const findings = divisionFindings(one, other, everyProject);
        const counts = [...LISTED, UNLISTED].flatMap((project) =>
          FEDORA_CI_KEYS.map((topic) => ({
            handled: handlers(shares, project, topic),
            wanted: isWanted(shares, project, everyProject),
          })),
        );
        if (findings.length === 0) {
          found.right += 1;
          for (const { handled, wanted } of counts) assert.equal(handled, wanted ? 1 : 0);
        } else {
          found.wrong += 1;
          const isWrong =
            counts.some(({ handled, wanted }) => handled !== (wanted ? 1 : 0)) ||
            [...LISTED, UNLISTED].some((project) => shares.every((each) => isServed(each, project))) ||
            shares.some((each) => isDeafToLogDetective(each));
          assert.ok(isWrong, JSON.stringify(findings));
        }
      }),
      { numRuns: 5_000 },
    );
    assert.ok(found.right > 50 && found.wrong > 1_000, JSON.stringify(found));
  });

  it("refuses nothing that is divided, with all events heard", () => {
    const everything = fc.tuple(fc.boolean(), projects, projects).map(([first, moved, off]) => {
      // One serves all but what has moved, the other what has moved; what is off is off in both.
      const taken = moved.filter((project) => !off.includes(project));
      const heard = { routingKeys: EVENTS, logdetectiveEnabled: true };
      const all: Share = {
        ...heard,
        stack: first ? "prod" : "fedora-ci-prod",
        runByDefault: true,
        enabledProjects: [],
        disabledProjects: [...taken, ...off],
      };
      const some: Share = {
        ...heard,
        stack: first ? "fedora-ci-prod" : "prod",
        runByDefault: false,
        enabledProjects: taken,
        disabledProjects: off,
      };
      return first ? ([all, some] as const) : ([some, all] as const);
    });
    fc.assert(
      fc.property(everything, ([one, other]) => {
        assert.deepEqual(divisionFindings(one, other, true), []);
      }),
    );
  });

  it("finds each way to get it wrong, and names project, file and what would happen", () => {
    const serving = (stack: string, changes: Partial<Share>): Share => ({
      stack,
      routingKeys: EVENTS,
      runByDefault: false,
      enabledProjects: [],
      disabledProjects: [],
      logdetectiveEnabled: false,
      ...changes,
    });
    const [a = ""] = LISTED;
    const about = (prod: Partial<Share>, ci: Partial<Share>, everyProject = true): string[] =>
      divisionFindings(serving("prod", prod), serving("fedora-ci-prod", ci), everyProject).map(
        ({ problem, seen = "", fix }) => [problem, seen, fix].join(" | "),
      );
    const all = { runByDefault: true };
    assert.match(
      about(all, { enabledProjects: [a] }).join(),
      /both stacks serve these projects.*rpms\/a \|.*prod\.yaml/,
    );
    assert.match(about({ ...all, disabledProjects: [a] }, {}).join(), /neither stack serves these.*rpms\/a/);
    assert.match(about(all, all).join(), /both stacks serve every project/);
    assert.match(about({}, {}).join(), /nobody serves the projects that are in no list/);
    assert.deepEqual(about({}, {}, false), []);
    assert.deepEqual(about({ ...all, disabledProjects: [a] }, { disabledProjects: [a] }), []);
    const deaf = about(all, { routingKeys: [] });
    assert.deepEqual(deaf, []);
    assert.match(
      about({ ...all, disabledProjects: [a] }, { enabledProjects: [a], routingKeys: [] }).join(),
      /fedora-ci-prod serves projects .* does not hear .*pagure\.pull-request\.new/s,
    );
  });

  it("holds for the tracked settings, before anything has moved", () => {
    for (const name of ["stg", "prod", "fedora-ci-stg", "fedora-ci-prod"]) {
      load(name, { values: tracked(name), local: true });
    }
    assert.ok(shareInFile("prod", filesIn(ROOT))?.runByDefault);
  });

  it("costs the stacks that divide nothing not even a look at another file", () => {
    const readBy = (name: string): string[] => {
      const read: string[] = [];
      const files = filesIn(ROOT);
      const noting = { read: (other: string) => (read.push(other), files.read(other)) };
      const stack = requirePackit(parseStackName(name));
      loadSettings(stack, { values: tracked(name), secretKeys: new Set() }, noting, { local: true });
      return [...new Set(read)];
    };
    for (const name of ["dev", "stream-prod", "source-git-stg"]) assert.deepEqual(readBy(name), [], name);
    assert.deepEqual(readBy("prod"), ["fedora-ci-prod"]);
    assert.deepEqual(readBy("fedora-ci-stg"), ["stg"]);
  });

  it("is looked at when either stack is loaded, over the file of the other", () => {
    const [a = ""] = LISTED;
    const files = {
      prod: "config:\n  packit:service:\n    fedoraCiRunByDefault: true\n",
      "fedora-ci-prod": `config:\n  packit:service:\n    fedoraCi:\n      enabledProjects: [${a}]\n`,
    };
    const cluster = { kubeconfig: "/k", context: "c" };
    const problems = (name: string, service: object): string[] =>
      findingsOf(name, { files, values: { cluster, service } })
        .filter(({ key }) => key.startsWith("packit:service.fedoraCi"))
        .map(({ problem }) => problem);
    assert.match(problems("prod", { fedoraCiRunByDefault: true }).join(), /both stacks serve these projects/);
    assert.match(
      problems("fedora-ci-prod", { fedoraCi: { enabledProjects: [a] } }).join(),
      /both stacks serve/,
    );
    const moved = { fedoraCiRunByDefault: true, fedoraCi: { disabledProjects: [a] } };
    assert.deepEqual(problems("prod", moved), []);
  });
});

describe("routing keys", () => {
  it("match topics as AMQP says", () => {
    for (const [key, topic, expected] of [
      ["a.b", "a.b", true],
      ["a.b", "a.b.c", false],
      ["a.*", "a.b", true],
      ["a.*", "a", false],
      ["a.*.c", "a.b.c", true],
      ["a.#", "a", true],
      ["a.#", "a.b.c", true],
      ["#", "a.b", true],
      ["#.c", "a.b.c", true],
      ["#.c", "a.b", false],
      ["a.#.d", "a.d", true],
    ] as const) {
      assert.equal(receives(key, topic), expected, `${key} ${topic}`);
    }
  });
});
