"""Documents to print and pictures to share, set by Typst."""
