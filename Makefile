# Every target does its own set-up. DOTNET and CONFIGURATION may be overridden.
DOTNET ?= dotnet
CONFIGURATION ?= Debug
# absolute, since a test executable may run in a folder of its own
MEV_CONFORMANCE_DATA := $(abspath $(or $(MEV_CONFORMANCE_DATA),../shared/data/solana))
SOLUTION := Mev.Orleans.sln
export DOTNET CONFIGURATION MEV_CONFORMANCE_DATA
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.DEFAULT_GOAL := help
.PHONY: help setup build run day mevctl train test conformance bench performance-test soak format-check clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  %-18s %s\n", $$1, $$2 }' Makefile

setup: ## Check the .NET SDK and restore the packages (with CI=true exactly those of the lock files)
	@sh build/setup.sh

build: setup ## Build everything once
	@$(DOTNET) build $(SOLUTION) -c $(CONFIGURATION) -m --no-restore -v q

# The host is started itself, not by 'dotnet run', which would start it in its project's folder.
run day: export ASPNETCORE_ENVIRONMENT ?= Development
run: setup ## Run the main job on the simulator: market, block engine and rivals on loopback (ARGS=...)
	@$(DOTNET) build src/Mev.Cli -c Release --no-restore -v q
	@$(DOTNET) build src/Mev.DevHost -c Release --no-restore -v q
	@artifacts/bin/Mev.DevHost/release/Mev.DevHost $(ARGS)

day: override ARGS += --Feed:Source Auto
day: run ## Run it on paper: on the recorded day where ../shared/data is, the seeded generator elsewhere (ARGS=...)

mevctl: setup ## Look into the running host (ARGS="why DECISION"; without ARGS: what there is)
	@$(DOTNET) build src/Mev.Cli -c Release --no-restore -v q
	@artifacts/bin/Mev.Cli/release/mevctl $(or $(ARGS),--help)

train: setup ## Train the model of offsets on a decision store (ARGS="--store FILE --out FOLDER"; --help says more)
	@$(DOTNET) build src/Mev.Training -c Release --no-restore -v q
	@artifacts/bin/Mev.Training/release/mev-train $(ARGS)

test: build ## Run every test; closes with "N passed, N failed", and what was skipped
	@sh build/test.sh

conformance: setup ## Compare quotes, instructions and transactions with every vector under MEV_CONFORMANCE_DATA
	@$(DOTNET) run --project tests/Mev.Conformance -c Release --no-restore -- --data $(MEV_CONFORMANCE_DATA)

bench: setup ## Measure on this machine: a table and JSON (ARGS=...)
	@$(DOTNET) run --project tests/Mev.Benchmarks -c Release --no-restore -- $(ARGS)

performance-test: setup ## Measure and compare with the limits of docs/slo.json; fails on a miss
	@$(DOTNET) run --project tests/Mev.Benchmarks -c Release --no-restore -- --check

soak: export MEV_SOAK := 1
soak: export MEV_TEST_TIMEOUT ?= 6h
soak: build ## Run every test at full length, and those that measure (MEV_SOAK=1)
	@sh build/test.sh

format-check: setup ## Fail when a file is not formatted as .editorconfig says
	@$(DOTNET) format $(SOLUTION) --verify-no-changes --no-restore

clean: ## Remove everything that was built
	rm -rf artifacts TestResults
