"""Every copy of a lesson from its one source, and the rules that the source keeps."""
