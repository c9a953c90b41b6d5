"""The page of the agent's own calls."""
