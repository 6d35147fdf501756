#!/usr/bin/env bash
# Prints which findings maintainers have approved on a pull request, for GITHUB_ENV: fingerprints that are set as
# labels by somebody who may maintain the repository. Needs gh, GH_TOKEN, REPOSITORY and NUMBER.
set -euo pipefail

prefix=unsafe-approved-
approved=()
who=()
labels=$(gh api "repos/$REPOSITORY/issues/$NUMBER/labels" --paginate \
  --jq ".[].name | select(test(\"^${prefix}[0-9a-f]{12}\$\"))")
events=$(gh api "repos/$REPOSITORY/issues/$NUMBER/events" --paginate \
  --jq '.[] | select(.event == "labeled") | "\(.label.name) \(.actor.login)"')
while read -r label; do
  [ -n "$label" ] || continue
  # The last who set it counts.
  actor=$(printf '%s\n' "$events" | awk -v label="$label" '$1 == label { last = $2 } END { print last }')
  role=$(gh api "repos/$REPOSITORY/collaborators/$actor/permission" --jq .role_name)
  case $role in
    admin | maintain)
      approved+=("${label#"$prefix"}")
      who+=("$actor")
      ;;
    *) echo "$label was set by $actor, who is no maintainer: it approves nothing" >&2 ;;
  esac
done <<< "$labels"
echo "UNSAFE_APPROVED=${approved[*]-}"
echo "UNSAFE_REASON=label set by ${who[*]-nobody}"
