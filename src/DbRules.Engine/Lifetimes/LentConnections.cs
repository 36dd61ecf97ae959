using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds connections that a context lends, and what code does with them.</summary>
internal sealed class LentConnections
{
    private readonly CompilationContext _context;
    private readonly Acquisitions _acquisitions;
    private readonly CustodyReader _custodies;
    private readonly Borrowing _borrowing;
    private readonly Callees _callees;
    private readonly MemberBodies _bodies;
    private readonly MemberUses _members;
    private readonly Later<Compilation, bool> _takesConnections;

    public LentConnections(Compilation compilation, CompilationContext context, Acquisitions acquisitions, CustodyReader custodies, Borrowing borrowing, Callees callees, MemberBodies bodies, MemberUses members)
    {
        _context = context;
        _acquisitions = acquisitions;
        _custodies = custodies;
        _borrowing = borrowing;
        _callees = callees;
        _bodies = bodies;
        _members = members;
        _takesConnections = new(compilation, TakesConnections);
    }

    /// <summary>The releases of connections that a context goes on owning and that may be asked for again, in source order.</summary>
    public IEnumerable<LentRelease> ReleasedBy(BodyFacts body) => LentTo(body) is { } lent ? ReleasedAmong(lent, body) : [];

    private IEnumerable<LentRelease> ReleasedAmong(List<(IOperation Operation, IOperation Owner)> lent, BodyFacts body)
    {
        foreach ((IOperation operation, IOperation owner) in lent)
        {
            if (operation.Type is { } type && ReleaseOf(new Acquisition(operation, Tasks.ResultOf(type), ResourceKind.Connection), owner, body) is { } release && !_takesConnections.Value)
                yield return release;
        }
    }

    /// <summary>The calls of a body that hand out a connection of a context, helpers of the same code among them, with the context; null when there is none.</summary>
    private List<(IOperation Operation, IOperation Owner)>? LentTo(BodyFacts body)
    {
        List<(IOperation, IOperation)>? found = null;
        foreach (IInvocationOperation call in body.Lent)
        {
            if (OwnerOf(call) is { } owner)
                (found ??= []).Add((call, owner));
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (call.Operation.Type is { } type && _acquisitions.KindOf(Tasks.ResultOf(type)) == ResourceKind.Connection && OwnerBehind(call) is { } owner)
                (found ??= []).Add((call.Operation, owner));
        }

        return found;
    }

    private IOperation? OwnerOf(IInvocationOperation call) =>
        _context.Models.Of(call.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Connection, out string? name)
            ? name == "this" ? Operations.Receiver(call) : Operations.Argument(call, name) ?? Operations.Receiver(call)
            : null;

    /// <summary>The context whose connection a helper hands out each time; null when it hands out anything else, or that of a local.</summary>
    private IOperation? OwnerBehind(OwnCall call)
    {
        if (_callees.TargetOf(call) is not { Receiver: null } target || (target.Body ?? _bodies.Of(target.Symbol)) is not { Lent.IsEmpty: false } body)
            return null;
        List<IOperation> returned = [.. Ownership.ReturnedBy(body, target.Function)];
        if (returned.Count == 0 || !returned.TrueForAll(value => value is IInvocationOperation lent && body.Lent.Contains(lent)))
            return null;
        IOperation? owner = OwnerOf((IInvocationOperation)returned[0]);
        return Operations.RootSymbol(owner) switch
        {
            IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } => owner,
            IParameterSymbol parameter => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value,
            IFieldSymbol or IPropertySymbol => owner,
            _ => null,
        };
    }

    private LentRelease? ReleaseOf(Acquisition connection, IOperation owner, BodyFacts body)
    {
        Destination destination = connection.Destination;
        switch (destination.Kind)
        {
            case DestinationKind.Receiver when destination.Site is IInvocationOperation call && Disposes(call):
                return IsHarmless(owner, call, call.Syntax.Span.End, body) ? null : new LentRelease(connection, call, TextOf(owner)) { Statement = StatementAround(call) };
            case DestinationKind.Using or DestinationKind.Local:
                break;
            default:
                return OfMember(connection, owner, body);
        }

        Custody? custody = connection.Holder is null ? null : _custodies.Of(connection, body);
        if (custody?.IsUnclear == true)
            return null;
        bool isUsing = destination.Kind == DestinationKind.Using;
        Release[] releases = custody is null ? [] : [.. custody.Releases.Where(static release => !release.IsClose)];
        if (!isUsing && releases.Length == 0)
            return null;
        IOperation site = isUsing ? destination.Site : releases[0].Call;
        IOperation? lifetime = isUsing ? destination.Lifetime : releases[0].Lifetime;
        if (IsHarmless(owner, site, lifetime?.Syntax.Span.End ?? site.Syntax.Span.End, body))
            return null;
        bool isPlain = releases.Length + (isUsing ? 1 : 0) == 1 && custody is null or { Openings.Count: <= 1 };
        return new LentRelease(connection, site, TextOf(owner))
        {
            // What the code also closes needs nobody else to close it.
            Opening = custody?.Releases.Any(static other => other.IsClose) == true ? null : custody?.Openings.FirstOrDefault(),
            Statement = isPlain ? StatementAround(site) : null,
        };
    }

    /// <summary>The release by other members of the class, where a field of the object keeps the connection.</summary>
    private LentRelease? OfMember(Acquisition connection, IOperation owner, BodyFacts body)
    {
        if (MemberUses.KeeperAt(connection.Destination.Site, connection.Operation) is not { IsStatic: false, DeclaredAccessibility: Accessibility.Private } keeper || _members.Of(keeper) is not { } uses
            || uses.Exists(use => use.Mention.Parent is IAssignmentOperation { Target: var target, Value: var value } && target == use.Mention && !Conditions.IsNull(value) && !Operations.IsInside(connection.Operation, value)))
        {
            return null;
        }

        IOperation? call = _custodies.OfMember(keeper, uses).Releases.Find(static one => !one.IsClose).Call;
        return call is null || IsReleasedBeside(owner, body) ? null : new LentRelease(connection, call, TextOf(owner)) { IsKept = true };
    }

    /// <summary>Whether the class disposes the context too, or has made it.</summary>
    private bool IsReleasedBeside(IOperation owner, BodyFacts body)
    {
        ISymbol? root = Operations.RootSymbol(owner);
        if (root is ILocalSymbol)
            return true;
        foreach (IOperation part in body.Roots)
        {
            // A parameter of the constructor that a field keeps is that field.
            Operations.Any(part, operation =>
            {
                if (operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member }, Value: var value } && root is IParameterSymbol && SymbolEqualityComparer.Default.Equals(Operations.Referenced(value), root))
                    root = member;
                return false;
            });
        }

        return root is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
            ? constructor.ContainingType.GetMembers().OfType<IMethodSymbol>().Any(method => DisposesIn(method, root))
            : root is IFieldSymbol or IPropertySymbol && _members.Of(root) is { } uses && _custodies.OfMember(root, uses).Releases.Count > 0;
    }

    /// <summary>Whether a member disposes what the primary constructor of its class was given.</summary>
    private bool DisposesIn(IMethodSymbol method, ISymbol parameter) =>
        _context.Bodies.OwnBodyOf(method)?.Any(body => Operations.Any(body, operation =>
            operation is IInvocationOperation call && Disposes(call) && SymbolEqualityComparer.Default.Equals(Operations.Referenced(Operations.Receiver(call)), parameter))) == true;

    /// <summary>The statement that an operation is all of, or declares a variable with; null for any other operation.</summary>
    internal static Location? StatementAround(IOperation operation)
    {
        IOperation? statement = operation;
        while (statement is IInvocationOperation or IAwaitOperation or IConversionOperation or IParenthesizedOperation
            or IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation { Declarators.Length: 1 } } or IVariableDeclarationOperation
            or IVariableDeclarationGroupOperation { Parent: IUsingDeclarationOperation or IUsingOperation })
        {
            statement = statement.Parent;
        }

        return statement is IExpressionStatementOperation or IUsingOperation or IUsingDeclarationOperation ? statement.Syntax.GetLocation() : null;
    }

    private bool Disposes(IInvocationOperation call) => _borrowing.Releases(call.TargetMethod) && !call.TargetMethod.Name.StartsWith("Close", StringComparison.Ordinal);

    /// <summary>Whether nothing goes through the context any more: the code has got it itself and is done with it, or releases it next.</summary>
    private bool IsHarmless(IOperation owner, IOperation site, int end, BodyFacts body)
    {
        ISymbol? root = Operations.RootSymbol(owner);
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        while (root is ILocalSymbol alias && seen.Add(alias) && body.Origins.SingleValue(alias) is IMemberReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation)
            root = Operations.RootSymbol(body.Origins.SingleValue(alias));
        if (root is ILocalSymbol local)
            return !IsUsedBehind(local, site, end, body);
        return root is not null && body.Roots.Any(part => Operations.Any(part, operation => operation is IInvocationOperation { Instance: { } released } call
            && Disposes(call)
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(released), root)));
    }

    private bool IsUsedBehind(ILocalSymbol local, IOperation site, int end, BodyFacts body)
    {
        for (IOperation? around = site.Parent; around is not null; around = around.Parent)
        {
            if (around is ILoopOperation && !Operations.IsDeclaredInside(local, around))
                return true;
        }

        return body.Origins.MentionsOf(local).Any(mention => mention.Syntax.SpanStart >= end && !(mention.Parent is IInvocationOperation call && Disposes(call)));
    }

    private static string TextOf(IOperation owner) => Operations.RootSymbol(owner)?.Name ?? CodeText.Short(owner.Syntax);

    /// <summary>Whether some context is set up with a connection that somebody else may own.</summary>
    private bool TakesConnections(Compilation compilation)
    {
        string[] setUps = [.. _context.Models.MembersWith(DbEffect.SetsUp).Select(static member => member.Name).Distinct()];
        return ModelSources.Calls(compilation, setUps).Any(static call => call.ArgumentList.Arguments.Any(static argument => argument.Expression switch
        {
            IdentifierNameSyntax { Identifier.ValueText: var name } => IsConnectionName(name),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => IsConnectionName(name),
            ObjectCreationExpressionSyntax { Type: var type } => IsConnectionName(type.ToString()),
            _ => false,
        }));
    }

    private static bool IsConnectionName(string name) => name.EndsWith("connection", StringComparison.OrdinalIgnoreCase) || name is "conn" or "_conn";
}
