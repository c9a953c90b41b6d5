"""Callbacks and return visits at work: what is due, the one in the band, promises, reminders, what callers are owed."""
