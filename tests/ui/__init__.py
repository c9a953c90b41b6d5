"""Tests of the glass, and the gallery that draws it."""
