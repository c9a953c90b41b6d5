"""Tests, and what they share: `in_process` for a real server, `fakes` for what cannot be real here."""
