"""Lexers of shell, batch and PowerShell scripts."""
