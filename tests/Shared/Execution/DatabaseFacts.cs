using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>A fact that needs the database of this project; skipped, with the reason, where that cannot run.</summary>
public sealed class DatabaseFactAttribute : FactAttribute
{
    public DatabaseFactAttribute() => Skip = TestDatabase.SkipReason;
}

/// <summary>A theory that needs the database of this project; skipped, with the reason, where that cannot run.</summary>
public sealed class DatabaseTheoryAttribute : TheoryAttribute
{
    public DatabaseTheoryAttribute() => Skip = TestDatabase.SkipReason;
}
