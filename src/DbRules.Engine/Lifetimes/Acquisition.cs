using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>A place where code gets something new that somebody must release.</summary>
public sealed class Acquisition
{
    internal Acquisition(IOperation operation, ITypeSymbol type, ResourceKind kind)
    {
        Operation = operation;
        Type = type;
        Kind = kind;
        Destination = Destination.Of(operation);
    }

    /// <summary>The object creation or the call.</summary>
    public IOperation Operation { get; }

    /// <summary>The type that the code sees; for a task what it yields.</summary>
    public ITypeSymbol Type { get; }

    /// <summary>What is acquired.</summary>
    public ResourceKind Kind { get; }

    /// <summary>What takes it.</summary>
    public Destination Destination { get; }

    /// <summary>The local that holds it; null when none does.</summary>
    public ILocalSymbol? Holder => Destination.Local;

    /// <summary>Whether it already holds a place in a pool when the code gets it: the call has opened it.</summary>
    public bool IsOpen { get; internal init; }

    /// <summary>How the code names it: the local that holds it, else the type that is made or the member that is called.</summary>
    public string Name => Holder?.Name ?? Maker;

    /// <summary>The type that is made, or the member that is called.</summary>
    public string Maker => Operation is IInvocationOperation call ? call.TargetMethod.Name : Type.Name;

    /// <summary>Where it is acquired: the name of the member, or the object creation.</summary>
    public Location Location => Operation switch
    {
        IInvocationOperation call => DbCall.LocationOf(call),
        { Syntax: ObjectCreationExpressionSyntax { Type: var type, NewKeyword: var keyword } creation } => Location.Create(creation.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(keyword.SpanStart, type.Span.End)),
        _ => Operation.Syntax.GetLocation(),
    };
}
