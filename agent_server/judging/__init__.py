"""What each noun lets a command do: one module of rules for each, on the ground of `rules`."""
