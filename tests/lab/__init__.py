"""A real exchange and other telephones on loopback: docs/lab.md."""
