/** Code of packit-service, as far as images are made of it, from nothing. */
export const TINY_SERVICE: Readonly<Record<string, string>> = {
  news: "first",
  "files/docker/Dockerfile": "FROM scratch\nCOPY news /news\n",
  "files/docker/Dockerfile.worker": "FROM scratch\nCOPY news /worker-news\n",
};
