"""Speed and memory of the compiler: `make bench`, `make bench BENCH='folder/of/Jenkinsfiles'`."""
