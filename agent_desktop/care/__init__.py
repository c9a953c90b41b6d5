"""Looking after agents at this workstation: abusive calls, what is said in them, and the break after."""
