import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { standIn } = createRequire(__filename)("../../../stacks/start/late-modules.cjs");

type Late = Readonly<Record<string, unknown>>;

describe("a module that is loaded when used", () => {
  function counted(module: object, known?: object): { readonly standIn: Late; readonly loads: () => number } {
    let loads = 0;
    const load = () => {
      loads += 1;
      return module;
    };
    return { standIn: standIn(load, known) as Late, loads: () => loads };
  }

  it("is not loaded by those who only ask for it", () => {
    const late = counted({ __esModule: true, answer: 42 });
    assert.equal(late.standIn.__esModule, true);
    assert.equal(late.loads(), 0);
  });

  it("is not loaded for what can be answered without it", () => {
    const late = counted({ __esModule: true, answer: 42 }, { question: "six by nine" });
    assert.equal(late.standIn.question, "six by nine");
    assert.equal("question" in late.standIn, true);
    assert.equal(late.loads(), 0);
    assert.equal(late.standIn.answer, 42);
  });

  it("is loaded once, by the first who looks into it", () => {
    const late = counted({ __esModule: true, answer: 42 });
    assert.equal(late.standIn.answer, 42);
    assert.equal(late.standIn.question, undefined);
    assert.equal("answer" in late.standIn, true);
    assert.equal(late.loads(), 1);
  });

  it("has the default export that compiled code expects of either kind of module", () => {
    const classic = Object.assign(() => "called", { extra: 1 });
    assert.equal((counted(classic).standIn.default as typeof classic)(), "called");
    assert.equal(counted(classic).standIn.extra, 1);
    assert.equal(counted({ __esModule: true, default: "modern" }).standIn.default, "modern");
  });
});
