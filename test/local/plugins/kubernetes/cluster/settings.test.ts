import assert from "node:assert/strict";
import { stringify } from "yaml";
import { unknown } from "../../../../../local/plugins/frame/values";
import {
  checkSettings,
  diffSettings,
  readSettings,
} from "../../../../../local/plugins/kubernetes/cluster/settings";

const reasons = (config: Parameters<typeof checkSettings>[0]): string[] =>
  checkSettings(config).map(({ reason }) => reason);

const kubeconfig = (server: string, ca = ""): string =>
  stringify({
    "current-context": "a",
    contexts: [{ name: "a", context: { cluster: "c" } }],
    clusters: [
      { name: "c", cluster: { server, ...(ca === "" ? {} : { "certificate-authority-data": ca }) } },
    ],
  });

describe("the provider's configuration", () => {
  it("takes what the package's type has, as the engine writes it", () => {
    const config = {
      kubeconfig: "/x",
      context: "a",
      enableSecretMutable: "true",
      version: "4.34.2",
      namespace: unknown,
    };
    assert.deepEqual(reasons(config), []);
    const settings = readSettings(config, { PULUMI_K8S_ENABLE_PATCH_FORCE: "true" });
    assert.deepEqual(settings, {
      kubeconfig: "/x",
      context: "a",
      cluster: undefined,
      namespace: undefined,
      enableSecretMutable: true,
      enableConfigMapMutable: false,
      enablePatchForce: true,
      upsertExistingObjects: false,
    });
  });

  it("refuses unknown settings with the nearest one, and those that are not in the stand-in", () => {
    assert.deepEqual(reasons({ kubeConfigg: "/x", enableSecretMutable: "maybe", context: true }), [
      `unknown property "kubeConfigg": did you mean "kubeconfig"?`,
      `"enableSecretMutable" must be true or false`,
      `"context" must be a string`,
    ]);
    assert.match(reasons({ renderYamlToDirectory: "/x" })[0] ?? "", /install the official plugin for that/);
    assert.match(reasons({ enableServerSideApply: "false" })[0] ?? "", /only has server-side apply/);
  });
});

describe("a change of the provider's configuration", () => {
  const diff = (olds: string, news: string) =>
    diffSettings({ kubeconfig: olds, version: "1" }, { kubeconfig: news, version: "2" });

  it("replaces everything only when it certainly leads to another cluster", () => {
    assert.deepEqual(diff(kubeconfig("https://a", "1"), kubeconfig("https://b", "2")), {
      kubeconfig: "update-replace",
    });
    assert.deepEqual(diff(kubeconfig("https://a:1", "1"), kubeconfig("https://a:2", "1")), {
      kubeconfig: "update",
    });
    assert.deepEqual(diff(kubeconfig("https://a", "1"), kubeconfig("https://a", "2")), {
      kubeconfig: "update",
    });
    assert.deepEqual(diff("/nonexistent", kubeconfig("https://a")), { kubeconfig: "update" });
    assert.deepEqual(diff("/nonexistent", "/nonexistent"), {});
  });

  it("is judged by clusterIdentifier where there is one", () => {
    const olds = { kubeconfig: kubeconfig("https://a", "1"), clusterIdentifier: "x" };
    const news = { ...olds, kubeconfig: kubeconfig("https://b", "2") };
    assert.deepEqual(diffSettings(olds, news), { kubeconfig: "update" });
    assert.deepEqual(diffSettings(olds, { ...olds, clusterIdentifier: "y" }), {
      clusterIdentifier: "update-replace",
    });
  });
});
