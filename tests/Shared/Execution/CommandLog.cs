using System.Collections.Concurrent;

namespace DbRules.ExecutionTests;

/// <summary>The commands that reached the database, as text. What only opens or ends a transaction is none.</summary>
public sealed class CommandLog
{
    private static readonly string[] Housekeeping = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA"];

    private readonly ConcurrentQueue<string> _commands = new();

    public IReadOnlyCollection<string> Commands => _commands;

    public void Add(string command)
    {
        if (!Housekeeping.Any(word => command.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            _commands.Enqueue(command);
    }
}
