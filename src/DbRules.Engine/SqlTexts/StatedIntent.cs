using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>What the names around code say that it is there for.</summary>
internal static class StatedIntent
{
    private static readonly string[] AllRowsWords =
    [
        "All", "Every", "Everything", "Whole", "Entire", "Table", "Clear", "Clean", "Cleanup", "Truncate", "Reset", "Empty", "Purge", "Wipe", "Flush", "Drop", "Rebuild", "Reindex", "Recreate", "Regenerate", "Refresh",
        "Reload", "Resync", "Import", "Restore", "Recalculate", "Recompute", "Calculate", "Invalidate", "Nuke", "Initialize", "Initialise", "Init", "Setup", "Install", "Uninstall", "Startup", "Bootstrap", "Populate", "Replace",
    ];

    /// <summary>Tables whose rows can be had again, or are not meant to stay.</summary>
    private static readonly string[] PassingTableWords =
    [
        "Temp", "Tmp", "Temporary", "Staging", "Stage", "Stg", "Cache", "Cached", "Import", "Imports", "Scratch", "Buffer", "Snapshot", "Work", "Backup", "Bak", "Old", "New",
    ];

    private static readonly string[] SchemaWords =
    [
        "Schema", "Install", "Uninstall", "Setup", "Upgrade", "Migrate", "Migration", "Migrations", "Migrator", "Initial", "Initialize", "Initialise", "Init", "Bootstrap",
        "Bootstrapper", "Provision", "Deploy", "Deployment", "Ensure", "Patch", "Repair", "Recreate", "Rebuild", "Drop", "Dropper", "Truncate", "Clear", "Cleanup", "Clean", "Reset", "Purge", "Wipe",
        "Empty", "Teardown", "Destroy", "Restore", "Import", "Ddl", "Partition", "Partitions", "Maintenance",
    ];

    /// <summary>A cleaner cleans, and what is purged was to be.</summary>
    private static readonly string[] Endings = ["r", "er", "s", "es", "d", "ed", "ing"];

    private static readonly string[] DeletionWords = ["Delete", "Remove"];
    private static readonly string[] ContainerWords = ["Table", "Tables", "Schema", "Database", "Column", "Tenant", "Store", "Storage", "All"];

    /// <summary>Whether the member, a local function or the type around code says that whole tables are meant.</summary>
    public static bool OfAllRows(BodyFacts body, IOperation place) => NamesAround(body, place).Any(static name => HasWord(name, AllRowsWords, orInflected: true));

    /// <summary>Whether a table, by its name, holds rows that are not meant to stay.</summary>
    public static bool OfPassingTable(string table) => HasWord(table, PassingTableWords);

    /// <summary>Whether the member, the type, the namespace or the file around code says that it works on the schema or takes things away on purpose.</summary>
    public static bool OfSchema(BodyFacts body, IOperation place)
    {
        IEnumerable<string> names = NamesAround(body, place)
            .Concat((body.Owner?.ContainingNamespace?.ToDisplayString() ?? "").Split('.'))
            .Concat(Enumerable.Reverse(place.Syntax.SyntaxTree.FilePath.Split('/', '\\')).Take(2).Select(static part => part.Split('.')[0]));
        return names.Any(static name => HasWord(name, SchemaWords, orInflected: true) || (HasWord(name, DeletionWords) && HasWord(name, ContainerWords)));
    }

    private static IEnumerable<string> NamesAround(BodyFacts body, IOperation place)
    {
        for (IOperation? function = Operations.EnclosingFunction(place); function is not null; function = Operations.EnclosingFunction(function))
        {
            if (function is ILocalFunctionOperation { Symbol.Name: var name })
                yield return name;
        }

        for (ISymbol? symbol = body.Owner; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
            yield return symbol.Name;
    }

    /// <summary>Whether one of the words is among those that a name is put together from.</summary>
    private static bool HasWord(string name, string[] words, bool orInflected = false)
    {
        string pascal = TableNames.Pascal(name);
        foreach (string word in words)
        {
            for (int at = pascal.IndexOf(word, StringComparison.Ordinal); at >= 0; at = pascal.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                int end = at + word.Length;
                while (end < pascal.Length && char.IsLower(pascal[end]))
                    end++;
                string ending = pascal.Substring(at + word.Length, end - at - word.Length);
                if (ending.Length == 0 || (orInflected && Array.IndexOf(Endings, ending) >= 0))
                    return true;
            }
        }

        return false;
    }
}
