"""Who may do what in a relationship, and why not; one module for each aggregate."""
