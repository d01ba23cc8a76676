"""Targets for a coverage-guided fuzzer; README.md says how to run them."""
