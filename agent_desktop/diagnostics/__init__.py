"""What helps somebody who looks for a fault at this workstation, without telling them about anybody."""
