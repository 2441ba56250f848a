"""What a policymaker takes home: one Document, several formats."""
