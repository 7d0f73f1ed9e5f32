"""The running process: settings, receiving, sending, schedule, web and command line."""
