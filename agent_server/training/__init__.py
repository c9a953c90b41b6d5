"""Training: papers drawn by rule, sealed keys, what answers come to, and questions whose source was published anew."""
