using System.Collections.Immutable;
using DbRules.Engine;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules;

/// <summary>One member body that rules are asked about.</summary>
/// <param name="owner">The member.</param>
/// <param name="blocks">Its operations, as the compiler hands them over.</param>
/// <param name="facts">What it does to a store.</param>
/// <param name="isProduction">Whether it is neither a test, nor a migration, nor seeding.</param>
internal sealed class MemberBody(ISymbol owner, ImmutableArray<IOperation> blocks, BodyFacts facts, bool isProduction)
{
    private ImmutableArray<NavigationRead> _navigationReads;

    public ISymbol Owner { get; } = owner;

    public ImmutableArray<IOperation> Blocks { get; } = blocks;

    public BodyFacts Facts { get; } = facts;

    /// <summary>Whether a rule is asked about it.</summary>
    public bool IsFor(RuleCheck check) => isProduction || check.IsOfAnyRole;

    /// <summary>The places that need a navigation which no query in view loads. Several rules ask, and looking for them takes a walk.</summary>
    public ImmutableArray<NavigationRead> NavigationReadsIn(DbFacts all)
    {
        if (_navigationReads.IsDefault)
            _navigationReads = all.NavigationReads(Owner, Blocks);
        return _navigationReads;
    }
}
