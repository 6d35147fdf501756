"""Which namespaces are a test instance's: the grammar of stacks' names, as stacks/settings has it."""

from __future__ import annotations

import re
import typing

PART_OF = "app.kubernetes.io/part-of"
MANAGED_BY = "app.kubernetes.io/managed-by"
INSTANCE = "app.kubernetes.io/instance"

# Environments that pull requests are tested on, and whose pull requests are called pr-<number> there.
BASES = {"dev": "packit-service", "stg": "packit-service", "prod": "packit-service", "fedora-ci-stg": "fedora-ci"}
# In the order in which names list them.
REPOSITORIES = (
    "packit-service",
    "packit",
    "ogr",
    "specfile",
    "dashboard",
    "packit-service-fedmsg",
    "packit-service-centosmsg",
    "tokman",
    "sandcastle",
    "deployment",
    "fedora-ci",
)
# So that packit--<name>-sandbox is not longer than the 63 characters of a namespace.
LONGEST = 47

# Longest first, so that packit-service is not read as packit.
_REPOSITORY = "|".join(sorted(REPOSITORIES, key=len, reverse=True))
_PULL = f"(?:{_REPOSITORY})-[1-9][0-9]{{0,7}}"
_OWN = re.compile(r"pr-[1-9][0-9]{0,7}")
_PULLS = re.compile(f"{_PULL}(?:-{_PULL})*")
_EACH_PULL = re.compile(f"({_REPOSITORY})-[0-9]+")
_SHORTENED = re.compile(f"(?:{_PULL}-)*x[0-9a-f]{{7}}")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NO_WORDS = re.compile(r"pr(?:-.*)?|(?:.*-)?sandbox|(?:dashboard|workers)(?:-.*)?")
# Nothing, the project's own word, or a tenant of the managed platform.
_PREFIX = re.compile(r"|packit-|[a-z0-9]+(?:-[a-z0-9]+)*--")


def is_instance(name: str) -> bool:
    """Whether a stack of this name is a test instance."""
    base = next((base for base in BASES if name.startswith(f"{base}-")), None)
    if base is None or len(name) > LONGEST:
        return False
    label = name[len(base) + 1 :]
    if _OWN.fullmatch(label) or _SHORTENED.fullmatch(label):
        return True
    if _PULLS.fullmatch(label):
        return _is_in_order(_EACH_PULL.findall(label), BASES[base])
    return _WORDS.fullmatch(label) is not None and _NO_WORDS.fullmatch(label) is None


def stack_of(namespace: dict[str, typing.Any]) -> str | None:
    """The test instance that a namespace belongs to, by its labels and by its own name; None for all others."""
    metadata = namespace["metadata"]
    labels = metadata.get("labels", {})
    stack = labels.get(INSTANCE, "")
    if labels.get(PART_OF) != "packit" or labels.get(MANAGED_BY) != "pulumi" or not is_instance(stack):
        return None
    for end in (stack, f"{stack}-sandbox"):
        if metadata["name"].endswith(end) and _PREFIX.fullmatch(metadata["name"][: -len(end)]):
            return stack
    return None


def _is_in_order(repositories: list[str], own: str) -> bool:
    places = [REPOSITORIES.index(repository) for repository in repositories]
    return repositories != [own] and all(before < after for before, after in zip(places, places[1:]))
