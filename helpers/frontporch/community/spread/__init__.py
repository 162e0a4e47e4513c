"""What passes from person to person: rules, runs and what they give."""
