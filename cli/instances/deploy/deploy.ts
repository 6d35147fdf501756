import { followPulumi } from "../../followed-engine";
import { openSession } from "../../session";
import { EngineOutput } from "./engine-output";
import { namespacesOf } from "../namespaces";
import { scaleBack } from "../sleep/scale";
import { changed } from "./record";
import type { Step } from "./step";

/** Has the engine make what is to be there. */
export const deploy: Step = {
  name: "deploy",
  title: "have the engine make what is to be there",
  async run(work, say) {
    const { paths, plan, held } = work;
    work.touched = true;
    await changed(work, "deploying");
    // The engine does not know that an instance sleeps.
    for (const namespace of namespacesOf(plan.settings)) await scaleBack(work.cluster, namespace);
    const session = await openSession(paths, plan.request.name, false);
    const output = new EngineOutput();
    let previewed = false;
    const code = await followPulumi(
      session,
      ["up", "--yes", "--non-interactive"],
      (line) => {
        const says = output.take(line);
        if (!previewed && line.startsWith("Updating (")) {
          previewed = true;
          say(`preview: ${output.preview}`);
        }
        if (previewed && says !== undefined) say(says);
      },
      held.signal,
    );
    held.signal.throwIfAborted();
    if (code === 0) return output.outcome;
    throw new Error(
      code === undefined
        ? "the engine was killed: deploy again to put everything right"
        : `the engine did not get through\n${output.problem}\nonce that is mended, deploy again: it goes on from there`,
    );
  },
};
