"""Names of backups, and which of them are kept."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_NAME = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True)
class Keep:
    """How many of the newest days, weeks and months keep a backup each."""

    daily: int
    weekly: int
    monthly: int


def name_at(moment: datetime.datetime) -> str:
    """Name of the generation of a moment in UTC; names sort by age."""
    return moment.strftime("%Y%m%dT%H%M%SZ")


def generation_of(key: str, suffix: str) -> str | None:
    """The generation that an object holds; None for an object that is no backup."""
    name = key.rpartition("/")[2].removesuffix(suffix)
    return name if key.endswith(suffix) and _NAME.fullmatch(name) else None


def outdated(generations: list[str], keep: Keep) -> list[str]:
    """The generations that no day, week or month keeps: of each the newest stays. The newest of all always does."""
    kept = {max(generations, default="")}
    for count, period in ((keep.daily, "%Y-%m-%d"), (keep.weekly, "%G-%V"), (keep.monthly, "%Y-%m")):
        newest: dict[str, str] = {}
        for generation in sorted(generations, reverse=True):
            newest.setdefault(_moment(generation).strftime(period), generation)
        kept.update(list(newest.values())[:count])
    return sorted(set(generations) - kept)


def _moment(generation: str) -> datetime.datetime:
    return datetime.datetime.strptime(generation, "%Y%m%dT%H%M%SZ")
