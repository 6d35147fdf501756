import assert from "node:assert/strict";

import fc from "fast-check";
import * as z from "zod";

import { bytesOf, millicpusOf } from "../../../stacks/settings";
import { parseImage } from "../../../stacks/settings/image-reference";
import * as values from "../../../stacks/settings/schema/values";

const DIGEST = `sha256:${"a".repeat(64)}`;

/** For each kind of value, some that are taken and some that are not. */
const CASES: readonly (readonly [
  name: string,
  schema: z.ZodType,
  good: readonly string[],
  bad: readonly string[],
])[] = [
  [
    "size",
    values.bytes,
    ["512Mi", "4Gi", "1.5Gi", "300Ki", "1000000", "2G"],
    ["4 Gi", "4GB", "0", "-1Gi", "Gi", "4gi", ""],
  ],
  ["processor time", values.cpu, ["200m", "2", "0.5", "10m"], ["200 m", "0", "0m", "1.5m", "2Gi", ""]],
  [
    "host",
    values.host,
    ["stg.packit.dev", "a-b.example.org"],
    ["https://stg.packit.dev", "stg.packit.dev/", "localhost", "Stg.packit.dev", "a..b", "-a.example.org"],
  ],
  [
    "web address",
    values.url,
    ["https://packit.dev", "http://pushgateway:9091/x"],
    ["packit.dev", "ftp://packit.dev", "https://", "https://a b"],
  ],
  ["broker", values.amqpUrl, ["amqps://fedora:@host/%2Fpublic", "amqp://"], ["https://host", "amqp:host"]],
  [
    "image",
    values.imageSource,
    ["quay.io/packit/dashboard:stg", `quay.io/packit/dashboard@${DIGEST}`, "localhost:5000/a:1"],
    [
      "dashboard:stg",
      "packit/dashboard:stg",
      "quay.io/packit/dashboard",
      "quay.io/packit/dashboard@sha256:1",
      "",
    ],
  ],
  [
    "schedule",
    values.cron,
    ["0 2 * * 2", "*/5 * * * *", "0 1-5/2 1,15 * *"],
    ["0 2 * *", "60 2 * * 2", "0 24 * * *", "* * 0 * *", "5-1 * * * *", "@daily", "a b c d e"],
  ],
  ["duration", values.duration, ["90m", "72h", "7d"], ["72", "0h", "1w", "72 h", "1.5h", "never"]],
  ["duration or never", values.durationOrNever, ["48h", "never"], ["ever", ""]],
  ["label value", values.labelValue, ["", "packit", "a.b_c-d"], ["-a", "a b", "a".repeat(64)]],
  ["label key", values.labelKey, ["team", "packit.dev/team"], ["a b", "/team", ""]],
  ["object name", values.objectName, ["packit--prod", "aws-ebs"], ["Packit", "-a", "a".repeat(64), "a.b"]],
  ["text", values.line, ["text", "two words"], ["", " text", "two\nlines"]],
];

describe("values", () => {
  for (const [name, schema, good, bad] of CASES) {
    for (const value of good) {
      it(`takes "${value}" as ${name}`, () => {
        assert.ok(schema.safeParse(value).success);
      });
    }
    for (const value of bad) {
      it(`refuses "${value.slice(0, 40)}" as ${name}`, () => {
        assert.ok(!schema.safeParse(value).success);
      });
    }
  }

  it("reads sizes as bytes", () => {
    assert.equal(bytesOf("4Gi"), 4 * 2 ** 30);
    assert.equal(bytesOf("2G"), 2e9);
    assert.equal(bytesOf("1.5Ki"), 1536);
  });

  it("orders sizes as their amounts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (amount) => {
        assert.equal(bytesOf(`${amount}Mi`), (bytesOf(`${amount}Ki`) ?? 0) * 1024);
      }),
    );
  });

  it("reads processor time as thousandths", () => {
    assert.equal(millicpusOf("200m"), 200);
    assert.equal(millicpusOf("2"), 2000);
    assert.equal(millicpusOf("0.5"), 500);
  });

  it("reads an image's parts", () => {
    assert.deepEqual(parseImage(`quay.io/packit/dashboard:stg@${DIGEST}`), {
      registry: "quay.io",
      repository: "packit/dashboard",
      tag: "stg",
      digest: DIGEST,
    });
  });
});
