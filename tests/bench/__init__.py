"""Speed and memory of the compiler; `make bench`, or `make bench BENCH='folder/of/Jenkinsfiles'`."""
