"""The page of training: what is to do, papers taken question by question, courses read, results with their reasons."""
