"""Documents and what makes their generated parts."""
