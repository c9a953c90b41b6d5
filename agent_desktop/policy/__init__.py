"""What IT has decided for this workstation: where it is written, what of it fits, and whose word counts."""
