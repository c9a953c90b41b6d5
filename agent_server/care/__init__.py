"""Looking after agents: own figures, honours, the load after hard calls, the mood of a week."""
