# Every line here is a call: what it does is in cargo, or in a script under scripts/.
# `make run`, `make test` and `make bench` install what they need on Debian and Ubuntu, given Rust.

.PHONY: help run demo test fuzz bench check

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 8

run: ## build all and serve on the defaults
	scripts/console
	cargo run --release -p cardea -- serve

demo: ## fill tenant `demo` with one ready client a method, and print how to get a token by each
	cargo run --release -p cardea -- demo

test: ## every test: unit, in-process HTTP, both databases, the real binary, its console in a browser
	scripts/with-postgres scripts/test

fuzz: ## ten minutes of mutated names, certificates and headers
	scripts/fuzz

bench: ## the performance table
	scripts/bench

check: ## formatting, lints, documentation, WebAssembly, the compose file, dependencies
	cargo fmt --all -- --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --document-private-items
	scripts/wasm-check
	scripts/check-compose
	scripts/cargo-deny check bans licenses sources
