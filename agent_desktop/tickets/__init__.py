"""Tickets: writing them down, never losing a word, handing them over."""
