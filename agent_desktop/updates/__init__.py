"""The program's next versions, where IT lets a workstation fetch them itself."""
