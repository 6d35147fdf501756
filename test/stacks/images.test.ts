import assert from "node:assert/strict";

import type { ClusterObjects } from "../support/objects";
import { environment, production } from "./production";

const DIGEST = `sha256:${"ab".repeat(32)}`;

describe("the images of a stack", () => {
  it("D40: the sandbox's stays at a digest, whatever its tag becomes", async () => {
    const source = `quay.io/packit/sandcastle@${DIGEST}`;
    const objects = await production({ images: { sandcastle: { source } } });
    assert.match(serviceConfig(objects), new RegExp(`^command_handler_image_reference: "${source}"$`, "m"));
  });

  it("D41: one that was built here is used alone, under any name, and nothing imports over it", async () => {
    const source = "localhost:5001/mine/packit-service:try-1";
    const before = imagesOf(await environment("dev"));
    const objects = await environment("dev", { images: { service: { source } } });
    assert.equal(before.get("Deployment/packit-service"), "quay.io/packit/packit-service:stg");
    assert.deepEqual(imagesOf(objects), new Map([...before, ["Deployment/packit-service", source]]));
    assert.deepEqual(objects.ofKind("ImageStream"), []);
  });

  it("D41: one that was loaded into the node is never asked for elsewhere, if its settings say so", async () => {
    const worker = { source: "localhost/packit-worker:try-1", pullPolicy: "Never" };
    const objects = await environment("dev", { images: { worker } });
    const policies = objects.pods.flatMap(({ containers }) =>
      containers.map(({ image, imagePullPolicy }) => `${image ?? ""} ${imagePullPolicy ?? ""}`),
    );
    const own = policies.filter((line) => line.startsWith("localhost/"));
    // The worker, and what else runs in its image.
    assert.ok(own.length >= 2, own.join(", "));
    assert.deepEqual(new Set(own), new Set(["localhost/packit-worker:try-1 Never"]));
    assert.ok(policies.some((line) => line === "quay.io/packit/packit-service:stg IfNotPresent"));
  });
});

function imagesOf(objects: ClusterObjects): Map<string, string> {
  return new Map(objects.pods.map(({ owner, containers }) => [owner.title, containers[0]?.image ?? ""]));
}

/** Text of the file that tells the workers what to do. */
function serviceConfig(objects: ClusterObjects): string {
  const data = objects.find("Secret", "packit--prod", "packit-config")?.body.data as Record<string, string>;
  return Buffer.from(data["packit-service.yaml"] ?? "", "base64").toString("utf8");
}
