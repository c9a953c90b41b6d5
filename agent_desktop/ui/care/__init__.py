"""Looking after agents, on the screen."""
