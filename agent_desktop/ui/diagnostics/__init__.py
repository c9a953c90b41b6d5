"""Looking for a fault at this workstation: what is well, and what is given to IT."""
