"""Deletes the namespaces and leases of test instances that should have been taken down hours ago.

What usually takes them down, packit-stacks reap, runs outside the cluster and may fail there; this runs inside and
needs nothing but Python's own library. Objects outside these namespaces, and the stack's state, stay for it.

GRACE_HOURS says how long an instance has been over by then, and DRY_RUN=true that it is only told.
"""

from __future__ import annotations

import argparse
import datetime
import email.utils
import json
import os
import secrets
import ssl
import sys
import time
import typing
import urllib.error
import urllib.parse
import urllib.request

import names
import rules

# Where the kubelet puts a pod's account.
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
NAMESPACES = "/api/v1/namespaces"
LEASES = "/apis/coordination.k8s.io/v1/namespaces/packit-test-instances/leases"
OURS = urllib.parse.quote(f"{names.PART_OF}=packit", safe="")
# Objects in one answer.
PAGE = 200
TIMEOUT = 30
# How long namespaces may take to go, in seconds. A lease that is taken for it outlasts the run, which is ended after
# ten minutes, so that nobody else begins while one goes on.
PATIENCE = 420
LEASE_SECONDS = 660

Object = typing.Dict[str, typing.Any]


class Api:
    """The API server, and its clock."""

    def __init__(self, account: str) -> None:
        host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
        self._base = f"https://{f'[{host}]' if ':' in host else host}:{port}"
        self._context = ssl.create_default_context(cafile=f"{account}/ca.crt")
        with open(f"{account}/token", encoding="ascii") as file:
            self._token = file.read().strip()
        self.now = datetime.datetime.min.replace(tzinfo=datetime.timezone.utc)

    def list(self, path: str) -> list[Object]:
        found: list[Object] = []
        following = ""
        while True:
            query = f"labelSelector={OURS}&limit={PAGE}&continue={urllib.parse.quote(following, safe='')}"
            page = self.ask("GET", f"{path}?{query}")
            found += page["items"]
            following = page["metadata"].get("continue", "")
            if not following:
                return found

    def write(self, method: str, path: str, body: Object) -> Object | None:
        """None when it is gone, or not what it was when it was read."""
        try:
            return self.ask(method, path, body)
        except urllib.error.HTTPError as error:
            if error.code in (404, 409):
                return None
            raise

    def ask(self, method: str, path: str, body: Object | None = None) -> Object:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, method=method)
        request.add_header("Authorization", f"Bearer {self._token}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=TIMEOUT, context=self._context) as response:
            self.now = email.utils.parsedate_to_datetime(response.headers["Date"])
            return json.load(response)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--account", default=ACCOUNT, help="folder with ca.crt and token (default: the pod's)")
    grace = datetime.timedelta(hours=float(os.environ.get("GRACE_HOURS", "6")))
    dry = os.environ.get("DRY_RUN", "") == "true"
    try:
        api = Api(parser.parse_args().account)
        # Namespaces first: an instance that is made anew meanwhile has its lease held when that is read.
        namespaces = api.list(NAMESPACES)
        leases = api.list(LEASES)
        known = rules.instances(leases, namespaces)
        overdue = [instance for instance in known if _is_overdue(instance, api.now, grace)]
        left = [] if dry else _take_down(api, overdue, leases)
        print(f"{len(overdue)} of {len(known)} test instances {'would be' if dry else 'were'} taken down")
    except urllib.error.HTTPError as error:
        sys.exit(f"error: the API server answered {error.code}: {_message(error)}")
    except OSError as error:
        sys.exit(f"error: the API server cannot be reached: {error}")
    if left:
        sys.exit(f"error: left for the next time: {', '.join(left)}")


def _is_overdue(instance: rules.Instance, now: datetime.datetime, grace: datetime.timedelta) -> bool:
    try:
        ago = rules.ended(instance, now)
    except rules.Stays as reason:
        print(f"{instance.name} stays: {reason}")
        return False
    if ago <= grace:
        print(f"{instance.name} stays: its time has not been over for {_hours(grace)} yet")
        return False
    print(f"{instance.name}: its time has been over for {_hours(ago)}", flush=True)
    return True


def _take_down(api: Api, overdue: list[rules.Instance], leases: list[Object]) -> list[str]:
    """Takes all down at once. Returns the names of those of which something is left."""
    taken = [(instance, lease) for instance in overdue for lease in [_take(api, instance)] if lease is not None]
    for instance, _ in taken:
        for namespace in instance.namespaces:
            api.write("DELETE", f"{NAMESPACES}/{namespace['metadata']['name']}", _as_read(namespace, "uid"))
    until = time.monotonic() + PATIENCE
    left = [instance.name for instance in overdue if instance.name not in {one.name for one, _ in taken}]
    for instance, lease in taken:
        if all(_is_gone(api, namespace, until) for namespace in instance.namespaces):
            for one in [*rules.claims(leases, instance.name), lease]:
                path = f"{LEASES}/{one['metadata']['name']}"
                api.write("DELETE", path, _as_read(one, "uid", "resourceVersion"))
            print(f"{instance.name} is gone")
        else:
            left.append(instance.name)
            # The next run goes on; nobody has to wait for it.
            spec = {"leaseTransitions": lease["spec"]["leaseTransitions"]}
            api.write("PUT", f"{LEASES}/{lease['metadata']['name']}", {**lease, "spec": spec})
    return left


def _take(api: Api, instance: rules.Instance) -> Object | None:
    """Its lease, in hand; None when somebody has changed it since it was read, and so works on it."""
    moment = api.now.isoformat(timespec="microseconds").replace("+00:00", "Z")
    before = (instance.lease or {}).get("spec", {})
    spec = {
        "holderIdentity": f"packit-reap {secrets.token_hex(8)}",
        "acquireTime": moment,
        "renewTime": moment,
        "leaseDurationSeconds": LEASE_SECONDS,
        "leaseTransitions": before.get("leaseTransitions", -1) + 1,
    }
    if instance.lease is not None:
        return api.write("PUT", f"{LEASES}/{instance.lease['metadata']['name']}", {**instance.lease, "spec": spec})
    labels = {rules.KIND: "instance", names.PART_OF: "packit", names.INSTANCE: instance.name}
    metadata = {"name": f"instance-{instance.name}", "labels": labels}
    lease = {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": metadata, "spec": spec}
    return api.write("POST", LEASES, lease)


def _is_gone(api: Api, namespace: Object, until: float) -> bool:
    """Whether it goes in time. One of the same name that is new by now is another."""
    while True:
        try:
            found = api.ask("GET", f"{NAMESPACES}/{namespace['metadata']['name']}")
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return True
            raise
        if found["metadata"]["uid"] != namespace["metadata"]["uid"]:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(1)


def _hours(length: datetime.timedelta) -> str:
    return f"{length.total_seconds() / 3600:.1f} hours"


def _as_read(item: Object, *fields: str) -> Object:
    return {"preconditions": {field: item["metadata"][field] for field in fields}}


def _message(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["message"])
    except (ValueError, KeyError):
        return error.reason


if __name__ == "__main__":
    main()
