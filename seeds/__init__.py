"""A house to try: three offices, their people, and a file in every stage."""
