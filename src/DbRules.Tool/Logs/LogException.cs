namespace DbRules.Tool.Logs;

/// <summary>Something that the user gave cannot be used; the message says what and why.</summary>
internal sealed class LogException(string message) : Exception(message);
