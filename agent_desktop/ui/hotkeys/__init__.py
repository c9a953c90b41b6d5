"""Keys that reach the phone while another program has the focus. Nothing here is loaded unless they are switched on."""
