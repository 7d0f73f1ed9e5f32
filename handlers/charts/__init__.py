"""Charts, drawn by matplotlib: for phones in a light or a dark theme, and for paper."""
