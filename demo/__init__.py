"""The demo: a believable company, a caller, and the story of a shift played through the real programs."""
