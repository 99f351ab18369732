"""`python -m jenkins2gha`."""

import sys

from jenkins2gha.command import main

sys.exit(main())
