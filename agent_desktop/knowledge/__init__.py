"""The knowledge base as the agent uses it: search as typed, open, and be offered what fits the call."""
