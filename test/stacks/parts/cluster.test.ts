import assert from "node:assert/strict";
import { homedir } from "node:os";

import { clusterProvider } from "../../../stacks/parts/cluster";
import { filesIn, loadSettings, parseStackName, requirePackit } from "../../../stacks/settings";
import { runMocked } from "../../support/mocks";

describe("the provider of the cluster", () => {
  async function provider(cluster?: Record<string, string>): Promise<Record<string, unknown>> {
    const stack = requirePackit(parseStackName("dev"));
    const config = { values: cluster === undefined ? {} : { cluster }, secretKeys: new Set<string>() };
    const settings = loadSettings(stack, config, filesIn("/nowhere"));
    const { resources } = await runMocked(() => clusterProvider(settings, "/checkout"));
    return resources[0]?.inputs ?? {};
  }

  it("takes kubeconfig and context from the settings alone, and knows what ~ means", async () => {
    const { kubeconfig, context } = await provider({ kubeconfig: "~/.kube/packit", context: "packit-dev" });
    assert.equal(kubeconfig, `${homedir()}/.kube/packit`);
    assert.equal(context, "packit-dev");
  });

  it("is the local control plane when they name none", async () => {
    const { kubeconfig, context } = await provider();
    assert.equal(kubeconfig, "/checkout/.local/cluster/kubeconfig");
    assert.equal(context, undefined);
  });

  it("changes Secrets and ConfigMaps in place", async () => {
    const inputs = await provider();
    assert.equal(inputs.enableSecretMutable, "true");
    assert.equal(inputs.enableConfigMapMutable, "true");
  });
});
