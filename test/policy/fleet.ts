import { Builders } from "../../components/copr/aws/builders";
import { RIGHTS } from "../components/copr/aws/resalloc-calls";
import { withExtra } from "./extra";

/** Copr's builders as the project makes them, for a cluster whose tokens AWS trusts. */
export const builders = withExtra(() => {
  const { place, tag, images, instanceTypes, subnets } = RIGHTS;
  const network = { vpc: "vpc-0a1b2c3d", subnets };
  const cluster = { place, tag, images, instanceTypes, network, clusterEgress: ["192.0.2.10/32"] };
  const webIdentity = {
    provider: "arn:aws:iam::123456789012:oidc-provider/oidc.example.org",
    issuer: "https://oidc.example.org",
    namespace: "copr-prod",
    serviceAccount: "copr-resalloc",
  };
  new Builders("fleet", { ...cluster, publicKey: "ssh-ed25519 AAAA", webIdentity });
});
