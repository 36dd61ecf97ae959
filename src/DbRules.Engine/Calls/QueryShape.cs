using System.Collections.Immutable;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Where a query starts.</summary>
public enum QueryRootKind
{
    /// <summary>Not known; rules stay quiet.</summary>
    Unknown,

    /// <summary>A store: a set of entities, SQL of a context, an entry's related data.</summary>
    Store,

    /// <summary>Objects in memory.</summary>
    Memory,
}

/// <summary>One composing call of a query.</summary>
/// <param name="Step">What it adds.</param>
/// <param name="Call">The call.</param>
/// <param name="IsConditional">Whether some paths run the query without this step.</param>
public readonly record struct QueryStepUse(QueryStep Step, IInvocationOperation Call, bool IsConditional);

/// <summary>A LINQ query as the code composes it: root and steps, through locals and conditional reassignments.</summary>
public sealed class QueryShape
{
    internal QueryShape(QueryRootKind kind, IOperation root, IOperation? session, ITypeSymbol? entity, ImmutableArray<QueryStepUse> steps, ITypeSymbol? sessionType = null, IOperation? origin = null)
    {
        Origin = origin ?? root;
        Kind = kind;
        Root = root;
        Session = session;
        Entity = entity;
        Steps = steps;
        SessionType = sessionType ?? session?.Type;
    }

    public QueryRootKind Kind { get; }

    /// <summary>The expression that the query starts with.</summary>
    public IOperation Root { get; }

    /// <summary>The expression that the query starts with, in the innermost of the methods that compose it.</summary>
    internal IOperation Origin { get; }

    /// <summary>The context behind the root; null when the code does not show it.</summary>
    public IOperation? Session { get; }

    /// <summary>The type of the context, also where a method that composes the query hides the context itself; null when the code does not show it.</summary>
    public ITypeSymbol? SessionType { get; }

    /// <summary>The type of the rows at the root; null when unknown.</summary>
    public ITypeSymbol? Entity { get; }

    /// <summary>The composing calls, first to last.</summary>
    public ImmutableArray<QueryStepUse> Steps { get; }

    public bool Has(QueryStep step)
    {
        foreach (QueryStepUse use in Steps)
        {
            if (use.Step == step)
                return true;
        }

        return false;
    }
}
