"""What runs a rule on many runs at once, in numpy and in compiled kernels."""
