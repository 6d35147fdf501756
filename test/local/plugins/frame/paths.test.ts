import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, isWithin, parsePath } from "../../../../local/plugins/frame/paths";

describe("property paths", () => {
  it("read as they were written", () => {
    const steps = fc.array(
      fc.oneof(
        fc.nat(),
        fc.string().filter((key) => key !== "*"),
      ),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(steps, (path) => {
        assert.deepEqual(parsePath(formatPath(path)), path);
      }),
    );
  });

  it("are written as the engine writes them", () => {
    const path = ["metadata", "annotations", "pulumi.com/skipAwait"];
    assert.equal(formatPath(path), `metadata.annotations["pulumi.com/skipAwait"]`);
    assert.equal(formatPath(["spec", "ports", 0, "port"]), "spec.ports[0].port");
    assert.deepEqual(parsePath("spec.containers[*].image"), ["spec", "containers", "*", "image"]);
  });

  it("stand within others, of which a star matches any step", () => {
    assert.ok(isWithin(["spec", "containers", 1, "image"], ["spec", "containers", "*", "image"]));
    assert.ok(!isWithin(["spec"], ["spec", "containers"]));
  });

  it("are refused with the place where they make no sense", () => {
    assert.throws(() => parsePath("spec..x"), /"spec\.\.x" is no property path \(from character 5\)/);
  });
});
