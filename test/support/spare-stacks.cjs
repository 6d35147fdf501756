"use strict";

// As in the program itself (`stacks/start/`): half of the time of the tests with mocks went into stack traces.
require("../../stacks/start/stack-traces.cjs").spareStacks();
