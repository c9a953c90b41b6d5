"""Guided scripts on the screen: gone through with a caller, and what they come to in the ticket."""
