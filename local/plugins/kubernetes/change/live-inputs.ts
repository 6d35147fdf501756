import { isProperties, type Plain, type PlainProperties, sameValue } from "../../frame/values";
import { isSecret } from "../check";
import { at, mapAt, omit, textAt } from "../object";
import { isSet, listKeys, owners, union, within } from "./managed-fields";
import { holdsQuantities, parseQuantity } from "./quantity";

/** Fields of an object that its inputs do not hold. */
const serverMetadata = [
  ...["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "managedFields"],
  ...["ownerReferences", "resourceVersion", "selfLink", "uid"],
];
const serverAnnotations = [
  "deployment.kubernetes.io/revision",
  "kubectl.kubernetes.io/last-applied-configuration",
];

/** The inputs for an object that no program made: everything in it that is not the API server's own. */
export function inputsOfImport(live: PlainProperties): PlainProperties {
  const annotations = omit(mapAt(live, "metadata", "annotations"), serverAnnotations);
  const metadata = omit(mapAt(live, "metadata"), [...serverMetadata, "annotations"]);
  if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
  return { ...omit(live, ["status", "metadata"]), metadata };
}

/**
 * The inputs as the cluster has them now: of what `inputs` set, the live values. What others added beside that is
 * theirs and stays out; a value that only reads differently (`1000m` and `1`) is kept as it was given.
 */
export function inputsFromLive(live: PlainProperties, inputs: PlainProperties): PlainProperties {
  const owned = union(owners(live).map((owner) => owner.fields));
  const now = project(isSecret(live) ? withStringData(live, inputs) : live, inputs, owned, []);
  return isProperties(now) ? now : {};
}

/** The values of a Secret's `stringData`, which the API server moves into `data`. */
function withStringData(live: PlainProperties, inputs: PlainProperties): PlainProperties {
  const stringData: PlainProperties = {};
  for (const key of Object.keys(mapAt(inputs, "stringData"))) {
    if (at(live, "data", key) !== undefined) {
      stringData[key] = Buffer.from(textAt(live, "data", key), "base64").toString("utf8");
    }
  }
  return { ...live, stringData };
}

type Path = readonly (string | number)[];

function project(
  live: Plain | undefined,
  wanted: Plain,
  owned: PlainProperties,
  path: Path,
): Plain | undefined {
  if (live === undefined) return isZero(wanted) ? wanted : undefined;
  if (isProperties(live) && isProperties(wanted)) {
    const now: PlainProperties = {};
    for (const [key, value] of Object.entries(wanted)) {
      const inner = project(live[key], value, mapAt(owned, `f:${key}`), [...path, key]);
      if (inner !== undefined) now[key] = inner;
    }
    return now;
  }
  if (Array.isArray(live) && Array.isArray(wanted)) return projectList(live, wanted, owned, path);
  return sameMeaning(live, wanted, path) ? wanted : live;
}

function projectList(live: Plain[], wanted: Plain[], owned: PlainProperties, path: Path): Plain[] {
  if (isSet(owned)) return wanted.filter((item) => live.some((other) => sameValue(item, other)));
  const keys = listKeys(owned);
  if (keys !== undefined) {
    return wanted.flatMap((item, i) => {
      const match = live.find((other) =>
        keys.every((key) => (at(item, key) ?? at(other, key)) === at(other, key)),
      );
      return project(match, item, within(owned, item), [...path, i]) ?? [];
    });
  }
  return live.map((item, i) => {
    const shape = wanted[i];
    return shape === undefined ? item : (project(item, shape, {}, [...path, i]) ?? item);
  });
}

/** Whether the API server leaves out such a value, as Go leaves out what is empty. */
function isZero(value: Plain): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isProperties(value)) return Object.values(value).every(isZero);
  return value === null || value === false || value === 0 || value === "";
}

function sameMeaning(live: Plain, wanted: Plain, path: Path): boolean {
  if (sameValue(live, wanted)) return true;
  if (!holdsQuantities(path.at(-1)) && !holdsQuantities(path.at(-2))) return false;
  const amount = parseQuantity(live);
  return amount !== undefined && amount === parseQuantity(wanted);
}
