"""The company's telephone exchange as the server sees it: a small port, and what stands behind it."""
