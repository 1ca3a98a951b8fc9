"""Measures Sitrep beside what people build instead: `python -m tests.benchmarks`, or `make bench`."""
