"""The page of what waits for the agent's decision."""
