"""What performance claims rest on: `python -m benchmarks.turns` and its like each print one table."""
