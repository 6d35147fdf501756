/** File with the script, in the folder with the list. */
export const SCRIPT_FILE = "fill.sh";

/** File with the addresses of repositories, one a line. */
export const LIST_FILE = "repositories";

/**
 * Name of a repository's clone in the cache: the name of the repository itself, by which Packit looks for it.
 * Undefined for an address that ends in no name.
 */
export function cloneName(url: string): string | undefined {
  const [, name] = /([^/:]+?)(?:\.git)?\/*$/.exec(url) ?? [];
  return name === undefined || name.startsWith(".") || name.startsWith("-") ? undefined : name;
}

/** The list as a file: name and address of each repository. */
export function repositoryList(urls: readonly string[]): string {
  return urls.map((url) => `${cloneName(url) ?? ""} ${url}\n`).join("");
}

/**
 * Fills a cache: `fill.sh FOLDER LIST`. What is there is fetched, what is missing is cloned. A clone appears under its
 * name when it is whole, so that nobody ever uses half of one; a repository that fails does not keep the others from
 * being filled, and makes the whole fail in the end.
 *
 * Objects are never thrown away: clones that borrow from the cache would break.
 */
export function fillScript(): string {
  return `set -u
cache=$1
list=$2
failed=0

# The clones may have been made by another user, and git keeps its settings in a home that can be written to.
HOME=$(mktemp -d) || exit 1
export HOME GIT_TERMINAL_PROMPT=0 GIT_CEILING_DIRECTORIES="$cache"
git config --global safe.directory '*'
git config --global gc.auto 0
git config --global maintenance.auto false
# Memory grows with the number of threads.
git config --global pack.threads 1

# What an interrupted run has left.
rm -rf "$cache"/.filling.*

clone() {
  half=$cache/.filling.$1
  # No working tree: only the objects are borrowed, and they are enough for the volume.
  if git clone --quiet --no-checkout "$2" "$half"; then
    mv "$half" "$cache/$1"
  else
    rm -rf "$half"
    return 1
  fi
}

fetch() {
  git -C "$cache/$1" fetch --quiet --force "$2" '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'
}

while read -r name url; do
  if [ -e "$cache/$name" ]; then verb=fetch; else verb=clone; fi
  if "$verb" "$name" "$url" </dev/null; then
    echo "$verb of $name is done"
  else
    echo "$verb of $name from $url failed" >&2
    failed=1
  fi
done <"$list"

rm -rf "$HOME"
exit "$failed"
`;
}
