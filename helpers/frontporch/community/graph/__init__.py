"""Who is tied to whom: from files and tables, or drawn from a model."""
