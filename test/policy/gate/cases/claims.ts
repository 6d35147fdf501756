import { named } from "../steps";
import { type Cases, update } from "./case";

const CLAIM = "core/v1:PersistentVolumeClaim";
const claim = (spec: object, annotations: object = {}) => ({
  inputs: {
    ...named("data", { annotations }),
    spec: { resources: { requests: { storage: "8Gi" } }, ...spec },
  },
  protect: true,
  retainOnDelete: true,
});
const kept = claim({});
const loose = { ...kept, protect: false, retainOnDelete: false };
const disposable = {
  ...claim({}, { "packit.dev/disposable": "true" }),
  protect: false,
  retainOnDelete: false,
};

/** What befalls a volume's claim. */
export const claimCases: Cases = {
  "state/delete": {
    unsafe: [{ type: CLAIM, from: loose }],
    safe: [
      { type: CLAIM, name: "released", from: { ...loose, retainOnDelete: true } },
      { type: CLAIM, name: "cache", from: disposable },
    ],
  },
  "state/replace": {
    unsafe: [
      {
        type: CLAIM,
        from: kept,
        to: claim({ volumeName: "x" }),
        replaced: "last",
        reasons: ["spec.volumeName"],
      },
    ],
    safe: [{ type: CLAIM, from: disposable, to: disposable, replaced: "last" }],
  },
  "state/shrink": {
    unsafe: update(CLAIM, kept, claim({ resources: { requests: { storage: "4096Mi" } } })),
    safe: update(CLAIM, kept, claim({ resources: { requests: { storage: "8192Mi" } } })),
  },
  "state/storage-class": {
    unsafe: update(CLAIM, kept, claim({ storageClassName: "other" })),
    safe: update(CLAIM, disposable, { ...disposable, inputs: claim({ storageClassName: "other" }).inputs }),
  },
  "state/reclaim": {
    unsafe: update(
      CLAIM,
      claim({}, { "kubernetes.io/reclaimPolicy": "Retain" }),
      claim({}, { "kubernetes.io/reclaimPolicy": "Delete" }),
    ),
    safe: update(
      CLAIM,
      claim({}, { "kubernetes.io/reclaimPolicy": "Delete" }),
      claim({}, { "kubernetes.io/reclaimPolicy": "Retain" }),
    ),
  },
  "state/protect": {
    unsafe: update(CLAIM, kept, { ...kept, protect: false }),
    safe: [
      { type: CLAIM, from: { ...kept, protect: false }, to: kept },
      { type: CLAIM, name: "c", to: disposable },
    ],
  },
  "state/retain": {
    unsafe: update(CLAIM, kept, { ...kept, retainOnDelete: false }),
    safe: update(CLAIM, { ...kept, retainOnDelete: false }, kept),
  },
  "state/deleted-with": {
    unsafe: update(CLAIM, kept, { ...kept, deletedWith: "urn:pulumi:prod::packit::x:y:Z::web" }),
    safe: update(
      "core/v1:ConfigMap",
      { inputs: named("c") },
      { inputs: named("c"), deletedWith: "urn:pulumi:prod::packit::x:y:Z::web" },
    ),
  },
  "state/delete-first": {
    unsafe: [{ type: CLAIM, from: kept, to: kept, replaced: "first" }],
    safe: [{ type: CLAIM, from: kept, to: kept, replaced: "last" }],
  },
  "state/unprotect-and-delete": {
    unsafe: [{ type: CLAIM, from: kept, to: { ...kept, protect: false }, replaced: "last" }],
    safe: [{ type: CLAIM, from: { ...loose, retainOnDelete: true } }],
  },
};
