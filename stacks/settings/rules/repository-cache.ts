import { cloneName } from "../../../components/packit/repository-cache-script";
import { setCommand } from "../fixes";
import type { Rule } from "./rule";

/** Each clone in a cache has a name of its own, that of its repository; and there is a cache to fill. */
export const clonesAreDistinct: Rule = ({ stack, written: { repositoryCache } }) => {
  const { enabled, repositories } = repositoryCache;
  const path = ["repositoryCache", "repositories"];
  const names = repositories.map(cloneName);
  const nameless = repositories.filter((_, index) => names[index] === undefined);
  const repeated = repositories.filter((_, index) => names.indexOf(names[index]) < index);
  return [
    ...nameless.map((url) => ({
      path,
      problem: "has an address that ends in no repository's name",
      seen: url,
      fix: "give the address as git clones it, such as https://src.fedoraproject.org/rpms/kernel",
    })),
    ...repeated
      .filter((url) => !nameless.includes(url))
      .map((url) => ({
        path,
        problem: "has two repositories of one name, and a cache has room for one of them",
        seen: url,
        fix: "keep the one that is bigger",
      })),
    ...(repositories.length > 0 && !enabled
      ? [
          {
            path: ["repositoryCache", "enabled"],
            problem: "is off, so there is no volume for the repositories",
            seen: "false",
            fix: `${setCommand(stack, ["repositoryCache", "enabled"], "true")}\nor take packit:repositoryCache.repositories out`,
          },
        ]
      : []),
  ];
};
