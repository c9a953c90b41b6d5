"""Every sentence about trouble: what happened, and what to do."""
