"""Jenkins: from syntax trees to pipelines; knows nothing of GitHub."""
