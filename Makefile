# Every command of the project. `make` or `make help` lists them.
# Set STACK=<name>, and LOCAL=1 to try an environment on the local control plane, DIFF=1 to see every field of a change,
# SKIP_PREVIEW=1 to deploy at once, YES=1 to be asked nothing.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

BUILD := .local/build

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z][a-z-]*:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Tools

.PHONY: setup
setup: node ## Find, install or build what is needed (nothing to do when all is there)
	@node tools/setup.mjs

.PHONY: node
node:
	@command -v node >/dev/null 2>&1 || { \
	  echo "error: Node.js is missing: install Node.js 20.19 or newer (https://nodejs.org)" >&2; exit 1; }

.PHONY: build
build: setup ## Bundle the commands and the stand-in plugins anew where their sources changed
	@node tools/build.mjs

.PHONY: lint
lint: setup ## Check types, style and format
	@npm run --silent typecheck
	@npm run --silent lint

.PHONY: clean
clean: cluster-down ## Remove bundles and the local control plane's data, but no stack's state
	@rm -rf $(BUILD) .local/cluster .local/toolchain.json .local/setup-stamp.json

##@ Local control plane

.PHONY: cluster-up
cluster-up: setup ## Start the local control plane, or find it running
	@node $(BUILD)/cluster.js up

.PHONY: cluster-down
cluster-down: ## Stop it, keeping its data
	@test ! -f $(BUILD)/cluster.js || node $(BUILD)/cluster.js down

.PHONY: cluster-status
cluster-status: setup ## Show its processes
	@node $(BUILD)/cluster.js status

##@ Stacks

STACKS := node $(BUILD)/packit-stacks.js
export LOCAL YES SKIP_PREVIEW DIFF

# The name of a stack, which most of these need.
.PHONY: stack
stack:
	@test -n "$(STACK)" || { echo "error: which stack? For example: make $(MAKECMDGOALS) STACK=dev-pr-614" >&2; exit 2; }

.PHONY: up
up: stack setup ## Deploy STACK; then print addresses and what to do next
	@$(STACKS) up $(STACK)

.PHONY: preview
preview: stack setup ## Show what a deployment of STACK would change
	@$(STACKS) preview $(STACK)

.PHONY: destroy
destroy: stack setup ## Delete everything of STACK
	@$(STACKS) destroy $(STACK)

.PHONY: example-secrets
example-secrets: stack setup ## Make up the secrets of an environment for trials with LOCAL=1
	@$(STACKS) example-secrets $(STACK)

.PHONY: env
env: node ## Print the variables for pulumi and kubectl: eval "$(make -s env)"
	@node tools/setup.mjs >&2
	@$(STACKS) env $(STACK)

##@ Tests

.PHONY: test
test: setup ## Run every check and test
	@npx tsx test/run.ts

# Not part of `make test`: checkov is 290 MB of Python packages, and what it has to say changes with the rules alone.
.PHONY: cross-check
cross-check: setup ## Hold the policy's rules against linters of others (checkov, kubeconform)
	@npx mocha --no-config --require tsx/cjs test/policy/checkov.cross-check.ts test/policy/kubeconform.cross-check.ts

.PHONY: soak
soak: setup ## Kill a hundred each of up, and of deploy and destroy, and see all put right (ROUNDS=100 SEED=614)
	@ROUNDS=$(or $(ROUNDS),100) npx mocha --no-config --require tsx/cjs --timeout 300000 \
	  test/cli/interrupted.live.test.ts test/cli/instances/killed.live.test.ts

##@ Performance

.PHONY: bench
bench: setup ## Measure seconds and memory (RUNS=3 ONLY="row row" JSON=1; UPDATE=1 writes docs/performance.md)
	@node --import tsx bench/main.ts $(if $(ONLY),--only $(ONLY)) $(if $(RUNS),--runs $(RUNS)) \
	  $(if $(filter 1,$(JSON)),--json) $(if $(filter 1,$(UPDATE)),--update)
