"""How things are shown: the lines of an action, a meeting, a forum…, the same wherever they are read."""
