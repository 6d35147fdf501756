import assert from "node:assert/strict";

import { parse } from "yaml";

import { builderPlaybook } from "../../../../components/copr/config/builder-playbook";

interface Task {
  readonly name: string;
  readonly [module: string]: unknown;
}

const FOLDER = "/etc/copr-builder-files";

function tasks(changes: { readonly swap?: boolean; readonly mockTmpfs?: string } = {}): readonly Task[] {
  const text = builderPlaybook({ folder: FOLDER, swap: false, ...changes });
  const [play] = parse(text) as [{ readonly tasks: readonly Task[]; readonly remote_user: string }];
  assert.equal(play.remote_user, "fedora");
  return play.tasks;
}

describe("the playbook that makes a builder of a machine", () => {
  it("C9, C10: copies files as they are, to where builders of today read them", () => {
    const copies = tasks().flatMap((task) => {
      const copy = task["ansible.builtin.copy"] as
        { readonly src: string; readonly dest: string } | undefined;
      return copy === undefined ? [] : [[copy.src.replace(`${FOLDER}/`, ""), copy.dest]];
    });
    assert.deepEqual(copies, [
      ["main.ini", "/etc/copr-rpmbuild/main.ini"],
      ["copr-dist-git.ini", "/etc/dist-git-client/copr-dist-git.ini"],
      ["authorized_keys", "~mockbuilder/.ssh/authorized_keys"],
      ["authorized_keys", "~root/.ssh/authorized_keys"],
    ]);
  });

  it("C9: has one expression for ansible, the machine's name", () => {
    const expressions = builderPlaybook({ folder: FOLDER, swap: true, mockTmpfs: "24Gi" }).match(
      /\{\{.*?\}\}/g,
    );
    assert.deepEqual(expressions, [
      "{{ name | replace('_', '-') }}",
      "{{ lookup('ansible.builtin.env', 'RESALLOC_NAME') }}",
    ]);
  });

  it("C25: makes swap and a memory file system where the pool has them, in this order", () => {
    const names = tasks({ swap: true, mockTmpfs: "24Gi" }).map(({ name }) => name);
    assert.ok(names.indexOf("Use the empty volume for swap") < names.indexOf("Keep build roots in memory"));
    const mount = tasks({ mockTmpfs: "24Gi" }).at(-1)?.["ansible.builtin.command"];
    assert.equal(mount, "mount -t tmpfs -o size=24576m,mode=2775 tmpfs /var/cache/mock");
    const plain = tasks().map(({ name }) => name);
    assert.ok(
      !plain.includes("Keep build roots in memory") && !plain.includes("Use the empty volume for swap"),
    );
  });
});
