"""The student's record: answers, predictions, decisions and memos, in one file of theirs."""
