"""Many inputs: in order, each one's failure its own, output that is whole or not there."""
