"""What the benchmarks of the whole workstation stand on: a screen, a full cache, a server, callers, a recorder."""
