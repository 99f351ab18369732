"""What is told of conversions, as text, JSON and Markdown."""
