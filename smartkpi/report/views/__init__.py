"""One function per screen: values in, document out. Nothing here rounds, colours or reads a clock."""
