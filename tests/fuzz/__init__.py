"""A model fuzzer over the real server and the real workstations: `python -m tests.fuzz --seed N` replays one seed."""
