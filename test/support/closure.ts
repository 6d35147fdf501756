import { accessFindings } from "./closure/access";
import { environmentFindings } from "./closure/environment";
import { imageFindings } from "./closure/images";
import { networkFindings } from "./closure/network";
import { podFindings } from "./closure/pods";
import { volumeFindings } from "./closure/volumes";
import { workloadFindings } from "./closure/workloads";
import type { ClusterObjects } from "./objects";

/**
 * Every reference of an object to another, or to a part of one, that leads nowhere: one sentence each. A stand-in
 * for the kubelet, which would find them on a real node only, one at a time and long after the deployment.
 */
export function closureFindings(objects: ClusterObjects): string[] {
  return [
    ...environmentFindings(objects),
    ...volumeFindings(objects),
    ...podFindings(objects),
    ...workloadFindings(objects),
    ...networkFindings(objects),
    ...accessFindings(objects),
    ...imageFindings(objects),
  ];
}
