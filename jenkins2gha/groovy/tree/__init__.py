"""The kinds of node; `jenkins2gha.groovy.ast` has them all under their names."""
