import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import { type Kind, textList } from "../../kind";
import { iamTags, tagIam, tagsOf } from "./common";

const bare = (url: string): string => url.replace(/^https:\/\//, "");

/** An issuer of tokens, such as a cluster's, that roles can trust. */
export const openIdConnectProvider: Kind = {
  global: true,
  fields: {
    url: { type: "string", required: true },
    clientIdLists: { type: "strings", required: true },
    thumbprintLists: { type: "strings", inPlace: true },
  },
  outputs: ["arn"],
  deleteFirst: true,
  tag: tagIam("OpenIDConnectProvider", "OpenIDConnectProviderArn"),
  same: { url: (a, b) => bare(textOf(a)) === bare(textOf(b)) },
  rewritten: ["url"],
  create: async (api, inputs) => {
    const made = await api.iam("CreateOpenIDConnectProvider", {
      Url: `https://${bare(textOf(inputs.url))}`,
      ClientIDList: textList(inputs.clientIdLists),
      ThumbprintList: textList(inputs.thumbprintLists),
      Tags: iamTags(inputs.tagsAll),
    });
    return { id: made.text("CreateOpenIDConnectProviderResult", "OpenIDConnectProviderArn") };
  },
  read: async (api, id) => {
    const OpenIDConnectProviderArn = id;
    const answer = await ifThere(() => api.iam("GetOpenIDConnectProvider", { OpenIDConnectProviderArn }));
    const found = answer?.at("GetOpenIDConnectProviderResult");
    if (found === undefined) return undefined;
    return {
      arn: id,
      url: bare(found.text("Url")),
      clientIdLists: found.list("ClientIDList").map((item) => item.text()),
      thumbprintLists: found.list("ThumbprintList").map((item) => item.text()),
      tagsAll: tagsOf(found),
    };
  },
  update: async (api, id, _olds, news) => {
    const OpenIDConnectProviderArn = id;
    const ThumbprintList = textList(news.thumbprintLists);
    if (ThumbprintList.length > 0) {
      await api.iam("UpdateOpenIDConnectProviderThumbprint", { OpenIDConnectProviderArn, ThumbprintList });
    }
  },
  remove: async (api, id) => {
    await api.iam("DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: id });
  },
};
