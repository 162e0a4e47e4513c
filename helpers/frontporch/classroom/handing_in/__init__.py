"""What is handed in: one small file of a lesson, made from the student's record."""
