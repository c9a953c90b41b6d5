"""Forms of tickets on the screen: filled in, shown as they were, and edited."""
