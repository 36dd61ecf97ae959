using System.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>One place where a symbol gets a value.</summary>
/// <param name="Site">The operation that assigns.</param>
/// <param name="Value">The value; null when it is not an expression of its own (an <c>out</c> argument, a deconstruction, an increment).</param>
public readonly record struct Assignment(IOperation Site, IOperation? Value);

/// <summary>Where values come from inside one member body: every assignment of every local, parameter, field and property, read once on demand.</summary>
public sealed class Origins
{
    /// <summary>More locals in a row than code has: only a circle leads to so many.</summary>
    private const int LongestChain = 100;

    private readonly IReadOnlyList<IOperation> _roots;
    private Dictionary<ISymbol, Assignments>? _assignments;
    private LocalMentions? _mentions;

    public Origins(IReadOnlyList<IOperation> roots) => _roots = roots;

    private Dictionary<ISymbol, Assignments> All => _assignments ?? FirstMade.Keep(ref _assignments, Collect(_roots));

    private LocalMentions Mentions => _mentions ?? FirstMade.Keep(ref _mentions, new LocalMentions(_roots));

    /// <summary>All assignments of a symbol in this body; empty when there is none.</summary>
    public IReadOnlyList<Assignment> Of(ISymbol symbol) =>
        All.TryGetValue(symbol, out Assignments? found) ? found : (IReadOnlyList<Assignment>)[];

    /// <summary>
    /// The one value that a local ever gets. Null when it is assigned more than once, not at all, or by something that is no expression.
    /// </summary>
    public IOperation? SingleValue(ILocalSymbol local) => Of(local) is [{ Value: { } value }] ? Operations.Unwrap(value) : null;

    /// <summary>Every place outside of expression trees where this body names a local, in source order.</summary>
    public IReadOnlyList<ILocalReferenceOperation> MentionsOf(ILocalSymbol local) => Mentions.Of(local);

    /// <summary>The assignments to members of the object that a local holds: <c>command.CommandText = ...</c>.</summary>
    public IEnumerable<Assignment> OfMembers(ILocalSymbol local) => All
        .Where(entry => entry.Key is IPropertySymbol or IFieldSymbol)
        .SelectMany(entry => entry.Value)
        .Where(assignment => assignment.Site is IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } instance } }
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(instance), local));

    /// <summary>Whether nothing in this body changes the object that a local holds after the local got it.</summary>
    public bool IsOnlyRead(ILocalSymbol local) =>
        Of(local).Count == 1 && !_roots.Any(root => Mutations.MayChange(local, root, static _ => false));

    /// <summary>Follows locals with a single value to where the value is made. Stops at anything else; ends on circular code.</summary>
    public IOperation Resolve(IOperation operation)
    {
        IOperation current = Operations.Unwrap(operation);
        for (int steps = 0; steps < LongestChain && current is ILocalReferenceOperation { Local: var local } && SingleValue(local) is { } value; steps++)
            current = value;
        return current;
    }

    private static Dictionary<ISymbol, Assignments> Collect(IReadOnlyList<IOperation> roots)
    {
        var found = new Dictionary<ISymbol, Assignments>(SymbolEqualityComparer.Default);
        foreach (IOperation root in roots)
        {
            Operations.Visit(root, found, static (operation, found) =>
            {
                Read(operation, found);
                return true;
            });
        }

        return found;
    }

    private static void Read(IOperation operation, Dictionary<ISymbol, Assignments> found)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation { Symbol: var local } declarator:
                if ((declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer) is { } initializer)
                    Add(found, local, operation, initializer.Value);
                else if (declarator.Parent is IForEachLoopOperation)
                    Add(found, local, operation, null);
                break;
            // What an initializer sets belongs to the new object alone.
            case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } }:
                break;
            case ISimpleAssignmentOperation assignment:
                AddTarget(found, assignment.Target, operation, assignment.Value);
                break;
            case ICoalesceAssignmentOperation coalesce:
                AddTarget(found, coalesce.Target, operation, coalesce.Value);
                break;
            case ICompoundAssignmentOperation compound:
                AddTarget(found, compound.Target, operation, null);
                break;
            case IIncrementOrDecrementOperation increment:
                AddTarget(found, increment.Target, operation, null);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                AddAll(found, deconstruction.Target, operation);
                break;
            case IForEachLoopOperation { LoopControlVariable: IDeclarationExpressionOperation or ITupleOperation } loop:
                AddAll(found, loop.LoopControlVariable, operation);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                AddAll(found, argument.Value, operation);
                break;
            // A call that does not bind, as those of a package that is not there, has no arguments: they are its children.
            case IInvalidOperation:
                foreach (IOperation child in operation.ChildOperations)
                {
                    if (child.Syntax.Parent is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword })
                        AddAll(found, child, operation);
                }

                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared } pattern:
                Add(found, declared, operation, (pattern.Parent as IIsPatternOperation)?.Value);
                break;
            case IListPatternOperation { DeclaredSymbol: { } declared } pattern:
                Add(found, declared, operation, (pattern.Parent as IIsPatternOperation)?.Value);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } declared } pattern:
                Add(found, declared, operation, (pattern.Parent as IIsPatternOperation)?.Value);
                break;
        }
    }

    // Static, with all that they need handed over: this runs for every operation of a body.
    private static void AddTarget(Dictionary<ISymbol, Assignments> found, IOperation target, IOperation site, IOperation? value)
    {
        if (Operations.Referenced(target) is { } symbol)
            Add(found, symbol, site, value);
    }

    // Only the variables themselves: the object in a.B = and the index in a[i] = keep their values.
    private static void AddAll(Dictionary<ISymbol, Assignments> found, IOperation targets, IOperation site) => Operations.Visit(targets, (Into: found, Site: site), static (target, state) =>
    {
        if (Operations.Referenced(target) is not { } symbol)
            return target is ITupleOperation or IDeclarationExpressionOperation;
        Add(state.Into, symbol, state.Site, null);
        return false;
    });

    private static void Add(Dictionary<ISymbol, Assignments> found, ISymbol symbol, IOperation site, IOperation? value)
    {
        var assignment = new Assignment(site, value);
        if (found.TryGetValue(symbol, out Assignments? all))
            all.Add(assignment);
        else
            found.Add(symbol, new Assignments(assignment));
    }

    /// <summary>The assignments of one symbol. Nearly all have one, which needs no list.</summary>
    private sealed class Assignments(Assignment first) : IReadOnlyList<Assignment>
    {
        private List<Assignment>? _others;

        public int Count => 1 + (_others?.Count ?? 0);

        public Assignment this[int index] => index == 0 ? first : (_others ?? throw new ArgumentOutOfRangeException(nameof(index)))[index - 1];

        public void Add(Assignment assignment) => (_others ??= []).Add(assignment);

        public IEnumerator<Assignment> GetEnumerator()
        {
            yield return first;
            for (int i = 0; i < _others?.Count; i++)
                yield return _others[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
