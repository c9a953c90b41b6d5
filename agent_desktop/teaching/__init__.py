"""What those who teach do at a workstation: questions with what is right, assignments, what came of quizzes."""
