# Targets for people. `make` alone lists them. What each needs is installed first by .ci/setup,
# which does nothing and says nothing where all is there.

GO ?= go
FUZZTIME ?=
LONG_TENTH ?=

# Where git cannot read this clone, Go cannot either, and builds without the commit's name.
ifneq ($(shell git status >/dev/null 2>&1 && echo yes),yes)
export GOFLAGS += -buildvcs=false
endif

# Tests and pictures are the same on every machine.
test long bench: export LANG = C.UTF-8
test long bench: export LC_ALL = C.UTF-8

.DEFAULT_GOAL := help
.PHONY: help run build test long bench lint format vet staticcheck

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build Rapport and open its window (with no display: the sample workspace as text and pictures)
	@if [ "$$(uname -s)" != Darwin ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here, so Rapport runs its sample workspace headless and writes each page to build/demo."; \
		mkdir -p build/demo && env -u RAPPORT_WORKSPACE build/rapport demo -headless -out build/demo; \
	else \
		build/rapport; \
	fi

build: ## build Rapport to build/rapport
	@.ci/setup build
	$(GO) build -o build/rapport .

test: ## run every test (installs Dovecot, Radicale and Xvfb where it can)
	@.ci/setup build test
	@$(GO) run .ci/tests.go ./...

long: ## run the long campaigns at their full counts (LONG_TENTH=1: a tenth; FUZZTIME=30: seconds a fuzz target)
	@.ci/setup build test
	@RAPPORT_LONG=$(if $(LONG_TENTH),0.1,1) FUZZTIME=$(FUZZTIME) .ci/long

bench: build ## measure speed and size, beside mbsync on a real Dovecot where both are installed
	$(GO) test -run '^$$' -bench . -benchmem ./...
	build/rapport bench
	$(GO) run .ci/peers.go

lint: format vet staticcheck ## check format, go vet and staticcheck

format:
	@test -z "$$(gofmt -l .)" || { echo "not formatted (gofmt -w does it):"; gofmt -l .; exit 1; }

vet:
	@.ci/setup build
	$(GO) vet ./...
	$(GO) vet .ci/tests.go && $(GO) vet .ci/picture.go && $(GO) vet .ci/peers.go

staticcheck:
	@.ci/setup build
	$(GO) tool staticcheck ./...
