"""Brings rows from outside into the database: a company's folder, and tables that other systems wrote."""
