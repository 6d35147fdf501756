"""Deletes what sandboxes leave behind: pods that ended, and volumes that no pod uses.

Runs in the workers' image, which holds Python and is on the nodes anyway; Python's own library is all it needs.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import ssl
import sys
import typing
import urllib.error
import urllib.parse
import urllib.request

# Where the kubelet puts a pod's account.
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
# Objects in one answer.
PAGE = 200
TIMEOUT = 30
# What sandcastle makes for one run; the caches of clones have other names.
CLAIM = re.compile(r"sandcastle-.+-pvc")

Object = typing.Dict[str, typing.Any]


class Api:
    """The API server, for one namespace."""

    def __init__(self, namespace: str, account: str) -> None:
        host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
        host = f"[{host}]" if ":" in host else host
        self._base = f"https://{host}:{port}/api/v1/namespaces/{urllib.parse.quote(namespace, safe='')}"
        self._context = ssl.create_default_context(cafile=f"{account}/ca.crt")
        with open(f"{account}/token", encoding="ascii") as file:
            self._token = file.read().strip()

    def list(self, kind: str) -> list[Object]:
        found: list[Object] = []
        following = ""
        while True:
            page = self._ask("GET", f"{kind}?limit={PAGE}&continue={urllib.parse.quote(following, safe='')}")
            found += page["items"]
            following = page["metadata"].get("continue", "")
            if not following:
                return found

    def delete(self, kind: str, item: Object) -> bool:
        """Whether it was still there. One of the same name that is new by now stays."""
        metadata = item["metadata"]
        try:
            self._ask("DELETE", f"{kind}/{metadata['name']}", {"preconditions": {"uid": metadata["uid"]}})
            return True
        except urllib.error.HTTPError as error:
            if error.code in (404, 409):
                return False
            raise

    def _ask(self, method: str, path: str, body: Object | None = None) -> Object:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._base}/{path}", data, method=method)
        request.add_header("Authorization", f"Bearer {self._token}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=TIMEOUT, context=self._context) as response:
            return json.load(response)


def main() -> None:
    arguments = _parser().parse_args()
    api = Api(arguments.namespace, arguments.account)
    now = datetime.datetime.now(datetime.timezone.utc)
    try:
        # Claims first: pods that are listed later may use more of them, never fewer that are new.
        claims = api.list("persistentvolumeclaims")
        pods = api.list("pods")
        ended_before = now - datetime.timedelta(hours=arguments.pod_hours)
        made_before = now - datetime.timedelta(minutes=arguments.claim_minutes)
        outdated = [pod for pod in pods if _has_ended(pod) and _ended_at(pod) < ended_before]
        used = {claim for pod in pods if not _is_over(pod) for claim in _claims_of(pod)}
        unused = [claim for claim in claims if _is_left_over(claim, used) and _made_at(claim) < made_before]
        for kind, items in (("pods", outdated), ("persistentvolumeclaims", unused)):
            for item in items:
                if api.delete(kind, item):
                    print(f"deleted {kind}/{item['metadata']['name']}")
        print(f"{len(outdated)} of {len(pods)} pods and {len(unused)} of {len(claims)} claims were left over")
    except urllib.error.HTTPError as error:
        sys.exit(f"error: the API server answered {error.code}: {_message(error)}")
    except OSError as error:
        sys.exit(f"error: the API server cannot be reached: {error}")


def _has_ended(pod: Object) -> bool:
    """Completed or OOMKilled. What failed otherwise stays for whoever wants to know why."""
    phase = pod["status"].get("phase")
    if phase == "Failed":
        return any(state.get("reason") == "OOMKilled" for state in _terminations(pod))
    return phase == "Succeeded"


def _is_over(pod: Object) -> bool:
    """Its volumes are unmounted."""
    return pod["status"].get("phase") in ("Succeeded", "Failed")


def _terminations(pod: Object) -> list[Object]:
    statuses = pod["status"].get("containerStatuses", [])
    return [status["state"]["terminated"] for status in statuses if "terminated" in status.get("state", {})]


def _ended_at(pod: Object) -> datetime.datetime:
    ends = [state["finishedAt"] for state in _terminations(pod) if state.get("finishedAt")]
    return _time(max(ends, default=pod["metadata"]["creationTimestamp"]))


def _claims_of(pod: Object) -> list[str]:
    volumes = pod["spec"].get("volumes", [])
    return [volume["persistentVolumeClaim"]["claimName"] for volume in volumes if "persistentVolumeClaim" in volume]


def _is_left_over(claim: Object, used: set[str]) -> bool:
    metadata = claim["metadata"]
    name = metadata["name"]
    return CLAIM.fullmatch(name) is not None and name not in used and "deletionTimestamp" not in metadata


def _made_at(claim: Object) -> datetime.datetime:
    return _time(claim["metadata"]["creationTimestamp"])


def _time(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def _message(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["message"])
    except (ValueError, KeyError):
        return error.reason


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("namespace", help="of the sandboxes")
    parser.add_argument("--pod-hours", type=float, default=24, help="how long ended pods stay (default: 24)")
    parser.add_argument(
        "--claim-minutes",
        type=float,
        default=60,
        help="how old a claim is at least; its pod comes after it (default: 60)",
    )
    parser.add_argument("--account", default=ACCOUNT, help="folder with ca.crt and token (default: the pod's)")
    return parser


main()
