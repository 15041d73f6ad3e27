"""The tools of the Model Context Protocol: another spelling of calls that the JSON API answers."""
