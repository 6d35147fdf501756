"""Which test instances ended so long ago that whoever should have taken them down is not going to."""

from __future__ import annotations

import datetime
import json
import re
import typing

import names

Object = typing.Dict[str, typing.Any]

KIND = "packit.dev/lease"
RECORD = "packit.dev/record"
TTL = "packit.dev/ttl"
KEEP = "packit.dev/keep"

# What is added to a lease's duration before its holder counts as gone, and that duration when it says none.
SLACK = datetime.timedelta(seconds=2)
USUAL_SECONDS = 60

# What tells one run of a holder from all others.
RUN = re.compile(r" [0-9a-f]{16}$")

DURATION = re.compile(r"([1-9][0-9]{0,4})([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Instance(typing.NamedTuple):
    """A test instance: its lease, when it has one, and its namespaces."""

    name: str
    lease: Object | None
    namespaces: list[Object]


class Stays(Exception):
    """Why an instance is left alone."""


def instances(leases: list[Object], namespaces: list[Object]) -> list[Instance]:
    """All test instances among these; what is not surely one is nobody's business here."""
    own: dict[str, list[Object]] = {}
    for namespace in namespaces:
        stack = names.stack_of(namespace)
        if stack is not None:
            own.setdefault(stack, []).append(namespace)
    known = {stack: lease for lease in leases for stack in [_stack_of_lease(lease)] if stack is not None}
    return [Instance(name, known.get(name), own.get(name, [])) for name in sorted({*known, *own})]


def claims(leases: list[Object], stack: str) -> list[Object]:
    """The leases of the place and the identity that a stack has."""
    return [
        lease
        for lease in leases
        for labels in [lease["metadata"].get("labels", {})]
        if labels.get(KIND) in ("place", "identity")
        and lease["metadata"]["name"].startswith(f"{labels[KIND]}-")
        and labels.get(names.INSTANCE) == stack
        and lease.get("spec", {}).get("holderIdentity", stack) == stack
    ]


def ended(instance: Instance, now: datetime.datetime) -> datetime.timedelta:
    """How long ago it ended, which is negative for one that lives. Raises Stays in any doubt."""
    record = None
    if instance.lease is not None:
        if _is_held(instance.lease, now):
            raise Stays(f"{RUN.sub('', instance.lease['spec']['holderIdentity'])} is at it")
        record = _record(instance)
    # An annotation is what settings say, and a label is what somebody has put on by hand.
    metadata = [namespace["metadata"] for namespace in instance.namespaces]
    marks = [each.get(kind, {}).get(KEEP) for each in metadata for kind in ("annotations", "labels")]
    kept = [(record or {}).get("keep"), *marks]
    for reason in kept:
        if reason is not None:
            raise Stays(f"kept: {reason}")
    if record is not None:
        if "expiresAt" not in record:
            raise Stays("nothing says when it ends")
        return now - time(record["expiresAt"])
    if not instance.namespaces:
        raise Stays("nothing of it was ever made")
    return now - max(_end_of(namespace) for namespace in instance.namespaces)


def time(text: typing.Any) -> datetime.datetime:
    """Reads a time in UTC as RFC 3339 has it."""
    try:
        # Older Pythons take three or six digits of a second's fraction, and no Z.
        found = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        raise Stays(f"{text!r} is no time") from None
    if found.tzinfo is None:
        raise Stays(f"{text!r} is no time in UTC")
    return found


def _stack_of_lease(lease: Object) -> str | None:
    metadata = lease["metadata"]
    labels = metadata.get("labels", {})
    stack = metadata["name"][len("instance-") :]
    is_ours = labels.get(KIND) == "instance" and labels.get(names.PART_OF) == "packit"
    return stack if is_ours and metadata["name"] == f"instance-{stack}" and names.is_instance(stack) else None


def _is_held(lease: Object, now: datetime.datetime) -> bool:
    spec = lease.get("spec", {})
    if not spec.get("holderIdentity"):
        return False
    if "renewTime" not in spec:
        return True
    lasts = datetime.timedelta(seconds=spec.get("leaseDurationSeconds", USUAL_SECONDS))
    return now - time(spec["renewTime"]) <= lasts + SLACK


def _record(instance: Instance) -> Object | None:
    text = instance.lease["metadata"].get("annotations", {}).get(RECORD)
    if text is None:
        return None
    try:
        record = json.loads(text)
    except ValueError:
        raise Stays("its record is no JSON") from None
    if not isinstance(record, dict) or record.get("name") != instance.name:
        raise Stays("its record is another's")
    return record


def _end_of(namespace: Object) -> datetime.datetime:
    metadata = namespace["metadata"]
    ttl = DURATION.fullmatch(metadata.get("annotations", {}).get(TTL, ""))
    if ttl is None:
        raise Stays("nothing says when it ends")
    return time(metadata["creationTimestamp"]) + datetime.timedelta(**{UNITS[ttl[2]]: int(ttl[1])})
