"""The plan carried out through the product's own actions, each at the moment it is said to have happened."""
