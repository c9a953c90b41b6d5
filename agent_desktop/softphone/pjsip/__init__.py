"""PJSIP as an engine: the only package that knows the library (decision 0002)."""
