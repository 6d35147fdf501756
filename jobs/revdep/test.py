"""Runs the tests that an image brings along against a package that another one has handed over.

The image of Packit's tests holds its sources' history but no tests, so they are taken out of that.
"""

from __future__ import annotations

import argparse
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile


def main() -> None:
    arguments = _parser().parse_args()
    package, code, folder = arguments.package, arguments.code.resolve(), arguments.folder
    _lay_out(arguments.sources, folder)
    # What lies where Python starts counts before all else, and this would be the package as it was.
    shutil.rmtree(folder / package, ignore_errors=True)
    others = os.environ.get("PYTHONPATH")
    environment = {
        **os.environ,
        "PYTHONPATH": str(code) if others is None else f"{code}{os.pathsep}{others}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    found = _found(package, folder, environment)
    if pathlib.Path(found) != code / package:
        sys.exit(f"error: the tests would run against {found or 'no'} {package}, not against the image's")
    os.chdir(folder)
    sys.stdout.flush()
    try:
        os.execvpe(arguments.command[0], arguments.command, environment)
    except OSError as error:
        sys.exit(f"error: {arguments.command[0]} cannot be run: {error.strerror}")


def _lay_out(sources: pathlib.Path, folder: pathlib.Path) -> None:
    """A copy of the sources that can be written to: of the last commit, or as they lie there."""
    if not (sources / ".git").exists():
        if not sources.is_dir():
            sys.exit(f"error: the image of the tests has no folder {sources}: see packit:revdep.sources")
        shutil.copytree(sources, folder, symlinks=True, dirs_exist_ok=True)
        return
    # The history is root's, which git takes from somebody else only when told to.
    command = ["git", "-c", f"safe.directory={sources.resolve()}", "-C", str(sources), "archive", "HEAD"]
    archive = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if archive.returncode != 0:
        sys.exit(f"error: the history in {sources} cannot be read")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(folder)


def _found(package: str, folder: pathlib.Path, environment: dict[str, str]) -> str:
    """Where Python finds the package when it starts in the folder."""
    look = (
        "import importlib.util, sys\n"
        "spec = importlib.util.find_spec(sys.argv[1])\n"
        "print(next(iter((spec and spec.submodule_search_locations) or []), ''))"
    )
    command = [sys.executable, "-c", look, package]
    ran = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return ran.stdout.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=pathlib.Path, required=True, help="folder of the tests' sources")
    parser.add_argument("--package", required=True, help="what is tested")
    parser.add_argument("--code", type=pathlib.Path, required=True, help="folder of the package handed over")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where the tests are laid out and run")
    parser.add_argument("command", nargs="+", help="what runs them")
    return parser


main()
