import assert from "node:assert/strict";

import fc from "fast-check";

import type { BuiltImage, ImagePlan, ResolvedReference } from "../../../../cli/instances/images/model";
import { lookupsFor, planImages } from "../../../../cli/instances/images/plan";
import type { Repository } from "../../../../stacks/settings/pulls";
import { commit, instance, LOOKUPS, pull, someReferences } from "./examples";

const plan = (...references: readonly ResolvedReference[]): ImagePlan =>
  planImages(instance(references), LOOKUPS);

/** Which images are built, and of what: `Dockerfile`s by their path, packages by their repository. */
const outline = (images: ImagePlan) =>
  Object.fromEntries(
    images.map(({ image, steps }) => [
      image,
      steps.map((step) =>
        step.kind === "repository"
          ? step.dockerfile
          : step.packages.map((one) => /packit\/([^@]+)@/.exec(one)?.[1]).join(" "),
      ),
    ]),
  );

const tagsOf = (images: ImagePlan): readonly string[] =>
  images.flatMap(({ steps }) => steps.map(({ name, tag }) => `${name}:${tag}`));

describe("the plan of images for references", () => {
  const SERVICE = "files/docker/Dockerfile";
  const WORKER = "files/docker/Dockerfile.worker";
  const cases: readonly (readonly [readonly Repository[], Partial<Record<BuiltImage, readonly string[]>>])[] =
    [
      [["packit-service"], { service: [SERVICE], worker: [WORKER] }],
      [["packit"], { service: ["packit"], worker: ["packit"], sandcastle: ["packit"] }],
      [["ogr"], { service: ["ogr"], worker: ["ogr"] }],
      [["specfile"], { service: ["specfile"], worker: ["specfile"] }],
      [["sandcastle"], { worker: ["sandcastle"], sandcastle: ["Dockerfile"] }],
      [["dashboard"], { dashboard: ["Dockerfile"] }],
      [["tokman"], { tokman: ["Containerfile"] }],
      [["packit-service-fedmsg"], { fedmsg: ["Dockerfile"] }],
      [["packit-service-centosmsg"], { centosmsg: ["Dockerfile"] }],
      // The deployment is this project: its code deploys, and no image has it.
      [["deployment"], {}],
      [["ogr", "packit-service"], { service: [SERVICE, "ogr"], worker: [WORKER, "ogr"] }],
      [
        ["sandcastle", "specfile", "packit", "ogr"],
        {
          service: ["packit ogr specfile"],
          worker: ["packit ogr specfile sandcastle"],
          sandcastle: ["Dockerfile", "packit"],
        },
      ],
    ];
  for (const [repositories, expected] of cases) {
    it(`puts ${repositories.join(", ")} into ${Object.keys(expected).join(", ") || "none"}`, () => {
      assert.deepEqual(outline(plan(...repositories.map((one) => pull(one, "1")))), expected);
    });
  }

  it("builds only what the instance runs", () => {
    const runs = new Set<BuiltImage>(["worker"]);
    const images = planImages({ ...instance([pull("packit", "1")]), runs }, LOOKUPS);
    assert.deepEqual(Object.keys(outline(images)), ["worker"]);
  });

  it("makes Fedora CI's workers from their own repository and Packit's from theirs", () => {
    const references = [pull("fedora-ci", "1"), pull("packit-service", "2")];
    const at = (base: "stg" | "fedora-ci-stg") =>
      outline(planImages({ ...instance(references), base }, LOOKUPS));
    assert.deepEqual(at("fedora-ci-stg"), { service: [SERVICE], worker: ["Containerfile"] });
    assert.deepEqual(at("stg"), { service: [SERVICE], worker: [WORKER] });
  });

  it("installs packages on the base's own image, or on what was just built", () => {
    const layer = (...references: ResolvedReference[]) =>
      plan(...references)
        .find(({ image }) => image === "service")
        ?.steps.at(-1);
    const packages = [`git+https://github.com/packit/ogr@${commit("1")}`];
    const alone = layer(pull("ogr", "1"));
    assert.deepEqual(alone, {
      kind: "layer",
      name: "packit-service",
      tag: alone?.tag,
      packages,
      base: LOOKUPS.bases.service,
    });
    const above = layer(pull("ogr", "1"), pull("packit-service", "2"));
    assert.deepEqual(above, { kind: "layer", name: "packit-service", tag: above?.tag, packages });
  });

  it("tells the pages of a dashboard the API that they ask", () => {
    const [dashboard] = plan(pull("dashboard", "1"));
    const [step] = dashboard?.steps ?? [];
    assert.deepEqual(step?.kind === "repository" && step.buildArgs, {
      VITE_API_URL: LOOKUPS.apiUrl,
      VITE_GIT_SHA: commit("1"),
    });
  });

  it("takes stable packages beside production's code, and the newest beside staging's", () => {
    const branch = (base: "prod" | "stg" | "dev") => {
      const [service] = planImages({ ...instance([pull("packit-service", "1")]), base }, LOOKUPS);
      const [step] = service?.steps ?? [];
      return step?.kind === "repository" && step.buildArgs.SOURCE_BRANCH;
    };
    assert.deepEqual([branch("prod"), branch("stg"), branch("dev")], ["stable", "main", "main"]);
  });
});

describe("the address of an image's contents", () => {
  it("does not depend on the order of the references, nor on the way to their commits", () => {
    const ways = (one: ResolvedReference): ResolvedReference => ({
      ...one,
      ref: { kind: "branch", branch: "main" },
      gitRef: "refs/heads/main",
    });
    fc.assert(
      fc.property(
        someReferences.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          assert.deepEqual(tagsOf(plan(...shuffled.map(ways))), tagsOf(plan(...all)));
        },
      ),
    );
  });

  it("is another for every image that a changed commit goes into, and for no other", () => {
    fc.assert(
      fc.property(
        someReferences.filter((all) => all.length > 0),
        fc.nat(),
        (all, at) => {
          const changed = all[at % all.length];
          const other = all.map((one) => (one === changed ? { ...one, commit: commit("f") } : one));
          const before = plan(...all);
          const after = plan(...other);
          for (const [index, { image, steps }] of before.entries()) {
            const [last, now] = [steps.at(-1), after[index]?.steps.at(-1)];
            const touched = plan(...(changed === undefined ? [] : [changed])).some(
              (one) => one.image === image,
            );
            assert.equal(last?.tag !== now?.tag, touched, image);
          }
        },
      ),
    );
  });

  it("changes with the base's image, its user, what a Dockerfile begins with, and its arguments", () => {
    const references = [pull("packit-service", "1"), pull("sandcastle", "2"), pull("packit", "3")];
    const tags = (lookups: typeof LOOKUPS) => tagsOf(planImages(instance(references), lookups));
    const none = { ...LOOKUPS, foundations: new Map([["quay.io/packit/base:fedora", "sha256:0"]]) };
    // Sandcastle's Dockerfile begins with what nobody knows.
    assert.deepEqual(
      tags(none).map((tag, index) => tag === tags(LOOKUPS)[index]),
      [false, false, false, false, true, true],
    );
    const layer = (user: string, reference = "quay.io/packit/packit-service@sha256:1") =>
      tagsOf(
        planImages(
          { ...instance([pull("ogr", "1")]), runs: new Set(["service"]) },
          { ...LOOKUPS, bases: { service: { reference, user } } },
        ),
      ).join();
    assert.notEqual(layer("1"), layer("2"));
    assert.notEqual(layer("1"), layer("1", "quay.io/packit/packit-service@sha256:2"));
    const dashboard = (apiUrl: string) =>
      tagsOf(planImages(instance([pull("dashboard", "1")]), { ...LOOKUPS, apiUrl })).join();
    assert.notEqual(dashboard("https://a/api"), dashboard("https://b/api"));
  });

  it("is a tag and part of an object's name", () => {
    for (const tag of tagsOf(plan(pull("packit-service", "1"), pull("packit", "2")))) {
      assert.match(tag, /^[a-z-]+:[0-9a-f]{20}$/);
    }
  });
});

describe("what a plan has to know of images", () => {
  it("is all that it uses, and nothing else", () => {
    fc.assert(
      fc.property(someReferences, (all) => {
        const { bases, foundations } = lookupsFor(instance(all));
        const only = {
          apiUrl: LOOKUPS.apiUrl,
          bases: Object.fromEntries(bases.map((image) => [image, LOOKUPS.bases[image]])),
          foundations: new Map(foundations.map((one) => [one, LOOKUPS.foundations.get(one) ?? ""])),
        };
        assert.deepEqual(planImages(instance(all), only), plan(...all));
        const layers = plan(...all).filter(({ steps: [first] }) => first.kind === "layer");
        assert.deepEqual(
          layers.map(({ image }) => image),
          bases,
        );
      }),
    );
  });
});
