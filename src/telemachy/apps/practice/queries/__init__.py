"""What a person practised, for that person's eyes only; one module for each aggregate."""
