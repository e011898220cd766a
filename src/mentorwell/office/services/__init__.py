"""The only code that changes what the office keeps."""
