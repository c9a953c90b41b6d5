"""Tables imported at the workstation: the file, what its columns mean, how its rows read, what became of them."""
