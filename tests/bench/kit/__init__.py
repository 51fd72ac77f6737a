"""What `tests/bench/run` is made of. Standard library only; Python 3.9 or newer, Linux."""
