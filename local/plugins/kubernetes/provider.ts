import type { Provider } from "../frame/provider";
import { reveal } from "../frame/values";
import { checkInputs } from "./check";
import { diffInputs } from "./change/diff";
import { openSession, type Session } from "./cluster/session";
import { checkSettings, diffSettings } from "./cluster/settings";
import { hiding } from "./hiding";
import { create } from "./operations/create";
import { remove } from "./operations/delete";
import { read } from "./operations/read";
import { update } from "./operations/update";
import { parseToken } from "./token";

/** The stand-in for the kubernetes plugin: objects of one cluster, by server-side apply. */
export function kubernetesProvider(about: Pick<Provider, "name" | "version" | "description">): Provider {
  let opened: Session | undefined;
  const session = (): Session => {
    if (opened === undefined) throw new Error("the provider has not been configured");
    return opened;
  };
  return {
    ...about,
    checkConfig: ({ news }) => ({ inputs: news, failures: checkSettings(reveal(news)) }),
    diffConfig: ({ oldInputs, news }) => ({ changes: diffSettings(reveal(oldInputs), reveal(news)) }),
    configure: async (config, engine) => {
      opened = await openSession(config, engine);
    },
    check: async (request) => {
      const kind = await session().findKind(parseToken(request.type));
      return checkInputs(request, { namespaced: kind?.namespaced, namespace: session().namespace });
    },
    diff: (request) => diffInputs(request, session().settings),
    create: async (request) => await hiding(request.inputs, () => create(session(), request)),
    read: async (request) => await read(session(), request),
    update: async (request) => await hiding(request.news, () => update(session(), request)),
    delete: async (request) => {
      await remove(session(), request);
    },
    cancel: () => {
      opened?.cancel();
    },
  };
}
