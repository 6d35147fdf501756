"""Hands a Python package of the image that it runs in over to tests that run in another one."""

from __future__ import annotations

import importlib.util
import pathlib
import shutil
import sys


def main() -> None:
    name, target = sys.argv[1], pathlib.Path(sys.argv[2])
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"error: this image has no Python package {name}, with which packit:celery.app begins")
    source = pathlib.Path(list(spec.submodule_search_locations)[0])
    shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    files = sum(1 for file in (target / name).rglob("*") if file.is_file())
    print(f"{name}: {files} files from {source}", flush=True)


main()
