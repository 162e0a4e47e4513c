"""What happens in a week, one mechanism a file."""
