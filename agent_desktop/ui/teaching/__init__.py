"""The page of those who teach: questions, what is assigned, how newcomers do."""
