"""The steps of signing in, each a page of the sign-in window."""
