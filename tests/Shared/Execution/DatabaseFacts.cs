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

/// <summary>Every test class that uses the database carries <c>[Collection(DatabaseCollection.Name)]</c>: one after another, on one server.</summary>
[CollectionDefinition(Name)]
public sealed class DatabaseCollection : ICollectionFixture<TestDatabase>
{
    public const string Name = "Database";
}
