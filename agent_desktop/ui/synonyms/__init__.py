"""Words that mean the same in an editor's hands."""
