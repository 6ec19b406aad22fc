"""`python -m smartkpi`: the same as the console script."""

from smartkpi.cli.app import main

if __name__ == "__main__":
    main()
