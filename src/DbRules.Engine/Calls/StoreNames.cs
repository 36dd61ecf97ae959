using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>What the names of an interface and its member say, where no code in view implements it.</summary>
internal static class StoreNames
{
    private static readonly string[] TypeEndings = ["Repository", "Store", "Dao", "Queries"];
    private static readonly string[] ReadingVerbs = ["Get", "Find", "Load", "Exists"];

    private static readonly string[] WritingVerbs = ["Delete", "Remove", "Save", "Insert"];
    private static readonly string[] RowVerbs = ["Insert", "Update", "Delete", "Upsert", "Save"];
    private static readonly string[] NoteEndings = ["Logger", "Log", "Logging"];
    private static readonly string[] NoteVerbs = ["Trace", "Debug", "Info", "Information", "Warn", "Warning", "Error", "Fatal", "Critical", "Write", "Add"];
    private static readonly string[] CommitVerbs = ["Save", "Commit", "Complete", "Flush"];

    private static readonly string[] StandInWords = ["Memory", "InMemory", "Null", "NoOp", "Noop", "Fake", "Mock", "Stub", "Dummy"];

    /// <summary>Words behind a verb that speak of something else than rows: <c>GetOrAdd</c>, <c>GetHashCode</c>, <c>FindControl</c>.</summary>
    private static readonly string[] OtherMeanings = ["GetOr", "GetHashCode", "GetType", "GetEnumerator", "GetTableName", "GetConnection", "GetDb", "GetContext", "GetQuery"];

    /// <summary>Whether a type is a repository or the like, as its name says.</summary>
    public static bool IsStore(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && (type.Name == "IUnitOfWork" || HasEnding(type.Name));

    private static bool HasEnding(string name)
    {
        foreach (string ending in TypeEndings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a class stands in for a real one in tests or on a developer's machine, as its name says. One that caches stands before the real
    /// one, not in its place.
    /// </summary>
    public static bool IsStandIn(INamedTypeSymbol type) =>
        StandInWords.Any(word => StartsWithWord(type.Name, word)) && type.Name.IndexOf("Cach", StringComparison.Ordinal) < 0;

    /// <summary>Whether a member of a store reads from it, as its name and what it returns say: a property, a query to compose or nothing does not.</summary>
    public static bool Reads(IMethodSymbol member, WellKnownTypes types) =>
        member is { MethodKind: MethodKind.Ordinary, ReturnsVoid: false }
        && member.Parameters.Length > 0
        && !types.IsQueryable(member.ReturnType)
        && ReadingVerbs.Any(verb => StartsWithWord(member.Name, verb))
        && !OtherMeanings.Any(other => member.Name.StartsWith(other, StringComparison.Ordinal));

    /// <summary>Whether a member writes rows, as its name says.</summary>
    public static bool SaysWrite(ISymbol? member) => member is not null && RowVerbs.Any(verb => StartsWithWord(member.Name, verb));

    /// <summary>
    /// Whether a member of a store writes at once, as its name and what it returns say: only what goes to the store has something to wait for. Where the store or the
    /// type that asks it knows a unit of work, the member may only stage.
    /// </summary>
    public static bool Writes(IMethodSymbol member, INamedTypeSymbol? caller) =>
        member.MethodKind == MethodKind.Ordinary
        && Tasks.IsTask(member.ReturnType)
        && member.Parameters.Any(static parameter => parameter.Type.Name != nameof(CancellationToken))
        && WritingVerbs.Any(verb => StartsWithWord(member.Name, verb))
        && !IsCommit(member)
        && !KnowsUnitOfWork(member.ContainingType)
        && caller?.GetMembers().Any(static one => IsUnitOfWork(one) || one is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && constructor.Parameters.Any(IsUnitOfWork)) != true;

    private static bool KnowsUnitOfWork(INamedTypeSymbol store) =>
        store.Name == "IUnitOfWork" || store.AllInterfaces.Add(store).SelectMany(static type => type.GetMembers()).Any(static one => IsUnitOfWork(one) || one is IMethodSymbol method && IsCommit(method));

    /// <summary>A member that makes earlier changes durable: it is handed none itself.</summary>
    private static bool IsCommit(IMethodSymbol method) =>
        CommitVerbs.Any(verb => StartsWithWord(method.Name, verb)) && (method.Name.Contains("Changes") || method.Parameters.All(static parameter => parameter.IsOptional));

    private static bool IsUnitOfWork(ISymbol member) => Operations.TypeOf(member)?.Name.EndsWith("UnitOfWork", StringComparison.Ordinal) == true;

    /// <summary>Whether an argument may be what a store looks a row up by: a number, a text, an identifier. Who is handed the row itself only asks it something.</summary>
    public static bool IsKey(IArgumentOperation argument) =>
        argument.ArgumentKind != ArgumentKind.DefaultValue
        && Operations.Unwrap(argument.Value).Type is { } type
        && (type.SpecialType == SpecialType.System_String || (type.IsValueType && type.SpecialType != SpecialType.System_Boolean && type.Name != nameof(CancellationToken)));

    /// <summary>Whether a member only notes what happens, as its name says: <c>Log</c>, <c>LogError</c>, <c>Info</c> of a logger.</summary>
    public static bool IsNote(IMethodSymbol member) =>
        StartsWithWord(member.Name, "Log")
        || (NoteEndings.Any(ending => member.ContainingType.Name.EndsWith(ending, StringComparison.Ordinal)) && NoteVerbs.Any(verb => StartsWithWord(member.Name, verb)));

    private static bool StartsWithWord(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length]));
}
