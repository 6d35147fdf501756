import { parsePath } from "../../frame/paths";
import { type Plain, type PlainProperties, textOf } from "../../frame/values";
import { at, condition, listAt, numberAt, pulumiAnnotation, textAt } from "../object";

/** Whether an object is ready, and else what it waits for; `failed` when it will not get ready by itself. */
export type Verdict =
  { readonly ready: true } | { readonly ready: false; readonly waiting: string; readonly failed?: true };

const ready: Verdict = { ready: true };

function waitingFor(waiting: string): Verdict {
  return { ready: false, waiting };
}

type Judge = (object: PlainProperties) => Verdict;

/** Waits for the controller to have seen the newest version of an object. */
function observed(judge: Judge): Judge {
  return (object) => {
    if (numberAt(object, "status", "observedGeneration") < numberAt(object, "metadata", "generation")) {
      return waitingFor("its controller has not seen it yet");
    }
    return judge(object);
  };
}

const deployment = observed((object) => {
  if (at(object, "spec", "paused") === true) return ready;
  const wanted = replicas(object);
  const updated = numberAt(object, "status", "updatedReplicas");
  const old = numberAt(object, "status", "replicas") - updated;
  const available = numberAt(object, "status", "availableReplicas");
  if (updated < wanted) return waitingFor(`${updated} of ${wanted} pods are up to date`);
  if (old > 0) return waitingFor(`${old} old pods have not ended yet`);
  return available < wanted ? waitingFor(`${available} of ${wanted} pods are ready`) : ready;
});

const statefulSet = observed((object) => {
  const wanted = replicas(object);
  const strategy = at(object, "spec", "updateStrategy");
  const partition = numberAt(strategy, "rollingUpdate", "partition");
  const changing = textAt(strategy, "type") === "OnDelete" ? 0 : Math.max(0, wanted - partition);
  const updated = numberAt(object, "status", "updatedReplicas");
  if (updated < changing) return waitingFor(`${updated} of ${changing} pods are up to date`);
  const available = numberAt(object, "status", "readyReplicas");
  return available < wanted ? waitingFor(`${available} of ${wanted} pods are ready`) : ready;
});

const daemonSet = observed((object) => {
  const wanted = numberAt(object, "status", "desiredNumberScheduled");
  const updated = numberAt(object, "status", "updatedNumberScheduled");
  const rolling = textAt(object, "spec", "updateStrategy", "type") !== "OnDelete";
  if (rolling && updated < wanted) return waitingFor(`${updated} of ${wanted} pods are up to date`);
  const available = numberAt(object, "status", "numberAvailable");
  return available < wanted ? waitingFor(`${available} of ${wanted} pods are ready`) : ready;
});

const job: Judge = (object) => {
  if (at(object, "spec", "suspend") === true || isTrue(object, "Complete")) return ready;
  const failed = condition(object, "Failed");
  if (failed?.status === "True") {
    return { ready: false, waiting: `it failed: ${reasonOf(failed)}`, failed: true };
  }
  return waitingFor(`${numberAt(object, "status", "active")} of its pods run`);
};

const pod: Judge = (object) => {
  const phase = textAt(object, "status", "phase");
  if (phase === "Succeeded" || isTrue(object, "Ready")) return ready;
  if (phase === "Failed") {
    return { ready: false, waiting: `it failed: ${textAt(object, "status", "message")}`, failed: true };
  }
  return waitingFor(phase === "" ? "it has no phase yet" : `its phase is ${phase}`);
};

const claim: Judge = (object) => {
  const phase = textAt(object, "status", "phase");
  if (phase === "Bound") return ready;
  if (phase === "Lost") return { ready: false, waiting: "its volume is lost", failed: true };
  return waitingFor("no volume is bound to it");
};

const active: Judge = (object) => {
  const phase = textAt(object, "status", "phase");
  return phase === "Active" ? ready : waitingFor(`its phase is ${phase || "not set"}`);
};

const service: Judge = (object) => {
  if (textAt(object, "spec", "type") !== "LoadBalancer") return ready;
  const addresses = listAt(object, "status", "loadBalancer", "ingress");
  return addresses.length > 0 ? ready : waitingFor("no load balancer has been given to it");
};

const definition: Judge = (object) =>
  isTrue(object, "Established") ? ready : waitingFor("the API server does not serve its kind yet");

/** The kinds that are waited for; all others are ready at once. */
const judges: Readonly<Record<string, Judge>> = {
  "apiextensions.k8s.io/v1/CustomResourceDefinition": definition,
  "apps/v1/DaemonSet": daemonSet,
  "apps/v1/Deployment": deployment,
  "apps/v1/StatefulSet": statefulSet,
  "batch/v1/Job": job,
  "project.openshift.io/v1/Project": active,
  "v1/Namespace": active,
  "v1/PersistentVolumeClaim": claim,
  "v1/Pod": pod,
  "v1/Service": service,
};

/** Whether `object` is ready, by its kind or by what its annotation `pulumi.com/waitFor` asks for. */
export function judge(object: PlainProperties): Verdict {
  if (pulumiAnnotation(object, "skipAwait") === "true") return ready;
  const wish = pulumiAnnotation(object, "waitFor");
  if (wish !== "") return judgeWishes(object, wish);
  return judges[`${textOf(object.apiVersion)}/${textOf(object.kind)}`]?.(object) ?? ready;
}

/** `condition=Ready`, `condition=Ready=True`, `jsonpath={.status.phase}=Active`, or a JSON list of those. */
function judgeWishes(object: PlainProperties, text: string): Verdict {
  const wishes = text.startsWith("[") ? listAt(JSON.parse(text) as Plain).map(textOf) : [text];
  for (const wish of wishes) {
    const [, type, wanted] = /^condition=([^=]+)(?:=(.+))?$/.exec(wish) ?? [];
    if (type !== undefined) {
      const status = textOf(condition(object, type)?.status);
      if (status.toLowerCase() === (wanted ?? "True").toLowerCase()) continue;
      return waitingFor(`its condition ${type} is ${status || "not set"}`);
    }
    const [, path, value] = /^jsonpath=\{?\.?([^}=]+)\}?(?:=(.+))?$/.exec(wish) ?? [];
    if (path === undefined)
      throw new Error(`pulumi.com/waitFor: "${wish}" is neither condition=… nor jsonpath={…}`);
    const found = at(object, ...parsePath(path));
    const enough =
      value === undefined ? found !== undefined : JSON.stringify(found) === value || found === value;
    if (!enough)
      return waitingFor(`its ${path} is ${found === undefined ? "not set" : JSON.stringify(found)}`);
  }
  return ready;
}

function replicas(object: PlainProperties): number {
  return at(object, "spec", "replicas") === undefined ? 1 : numberAt(object, "spec", "replicas");
}

function isTrue(object: PlainProperties, type: string): boolean {
  return condition(object, type)?.status === "True";
}

function reasonOf(found: PlainProperties): string {
  return [textOf(found.reason), textOf(found.message)].filter((part) => part !== "").join(": ");
}
