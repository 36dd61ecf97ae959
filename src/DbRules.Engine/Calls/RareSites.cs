using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>The places of one body that few bodies have; those that have none share one object.</summary>
internal sealed class RareSites
{
    /// <summary>The sites of a body without any.</summary>
    public static readonly RareSites None = new();

    private RareSites()
    {
    }

    private RareSites(CallReader found)
    {
        Serialized = [.. found.Serialized];
        Ambient = [.. found.Ambient];
        Acquired = [.. found.Acquired];
        Lent = [.. found.Lent];
        Registrations = [.. found.Registrations];
        Static = [.. found.Static];
        Usings = [.. found.Usings];
        SqlSites = [.. found.SqlSites];
    }

    /// <inheritdoc cref="BodyFacts.Serialized"/>
    public ImmutableArray<IOperation> Serialized { get; } = [];

    /// <inheritdoc cref="BodyFacts.Ambient"/>
    public ImmutableArray<IObjectCreationOperation> Ambient { get; } = [];

    /// <inheritdoc cref="BodyFacts.Acquired"/>
    public ImmutableArray<IOperation> Acquired { get; } = [];

    /// <inheritdoc cref="BodyFacts.Lent"/>
    public ImmutableArray<IInvocationOperation> Lent { get; } = [];

    /// <inheritdoc cref="BodyFacts.Registrations"/>
    public ImmutableArray<IInvocationOperation> Registrations { get; } = [];

    /// <inheritdoc cref="BodyFacts.Static"/>
    public ImmutableArray<StaticValue> Static { get; } = [];

    /// <inheritdoc cref="BodyFacts.Usings"/>
    public ImmutableArray<IOperation> Usings { get; } = [];

    /// <inheritdoc cref="BodyFacts.SqlSites"/>
    public ImmutableArray<SqlSite> SqlSites { get; } = [];

    /// <summary>What a reader has found.</summary>
    public static RareSites Of(CallReader found) => found.HasRare ? new RareSites(found) : None;
}
