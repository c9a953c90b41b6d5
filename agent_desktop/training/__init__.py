"""Training of one agent at this workstation: what is to do, taking a paper without the server too, what came of it."""
