"""A language model's help, where the installation, the organisation and the people concerned want it."""
