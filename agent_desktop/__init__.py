"""The workstation: one window in which a call-centre agent works a whole shift."""
