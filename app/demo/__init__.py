"""The demonstration: its content as JSON, and what stores it through the actions."""
