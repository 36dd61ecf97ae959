using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// The members that run, or may run, while a caller in view has a transaction open: directly, through other calls, as implementations of what is called, or because a
/// behaviour or filter opens a transaction around whatever comes next. Worked out once, when it is first asked for.
/// </summary>
internal sealed class TransactionalCallers
{
    /// <summary>Members that the search looks into; beyond them nothing is known, and every member counts as called.</summary>
    private const int MaxMembers = 4000;

    private static readonly string[] Wrappers = ["Behavior", "Behaviour", "Filter", "Middleware", "Interceptor", "Decorator", "Pipe"];

    private readonly Compilation _compilation;
    private readonly CompilationContext _context;
    private readonly MemberBodies _bodies;
    private readonly Callees _callees;
    private readonly OpenTransactions _open;
    private readonly Lazy<(HashSet<IMethodSymbol> Members, bool IsAll)> _called;

    public TransactionalCallers(Compilation compilation, CompilationContext context, MemberBodies bodies, Callees callees, OpenTransactions open)
    {
        _compilation = compilation;
        _context = context;
        _bodies = bodies;
        _callees = callees;
        _open = open;
        _called = new(Find);
    }

    /// <summary>Whether a caller of a member may have a transaction open.</summary>
    public bool MayCall(IMethodSymbol member) => _called.Value.IsAll || _called.Value.Members.Contains(member.OriginalDefinition);

    private (HashSet<IMethodSymbol>, bool) Find()
    {
        var members = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<IMethodSymbol>();
        foreach (CompilationUnitSyntax file in ModelSources.Containing(_compilation, "Transaction", "UnitOfWork"))
        {
            // Code that asks for the ambient transaction expects that somebody out of view has opened one.
            if (file.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(AsksForOpenTransaction))
                return (members, true);
            foreach (MemberDeclarationSyntax declaration in file.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(Begins))
            {
                if (IsWrapper(declaration))
                    return (members, true);
                if (_compilation.ContainsSyntaxTree(declaration.SyntaxTree) && _context.Bodies.MethodOf(declaration) is { } method)
                    AddCalledInside(method);
            }
        }

        while (pending.Count > 0)
        {
            if (members.Count > MaxMembers)
                return (members, true);
            if (_bodies.Of(pending.Dequeue()) is not { } body)
                continue;
            foreach (OwnCall call in body.OwnCalls)
                AddTargets(call);
        }

        return (members, false);

        void AddCalledInside(IMethodSymbol method)
        {
            if (_bodies.Of(method) is not { } body)
                return;
            foreach (OwnCall call in body.OwnCalls)
            {
                if (IsInTransaction(call.Operation, body))
                    AddTargets(call);
            }

            foreach (IInvalidOperation unbound in body.Roots.SelectMany(UnboundCallsIn).Where(unbound => IsInTransaction(unbound, body)))
            {
                foreach (IMethodSymbol meant in CandidatesOf(unbound))
                    Add(meant);
            }
        }

        void AddTargets(OwnCall call)
        {
            if (_callees.TargetOf(call) is not { } target)
                return;
            foreach (IMethodSymbol one in _callees.AlternativesOf(target).Select(static node => node.Symbol).Append(target.Symbol))
                Add(one);
        }

        void Add(IMethodSymbol member)
        {
            if (members.Add(member.OriginalDefinition))
                pending.Enqueue(member.OriginalDefinition);
        }
    }

    private bool IsInTransaction(IOperation operation, BodyFacts body) =>
        _open.Of(body).Any(transaction => transaction.MayBeOpenAt(operation)) || IsInLambdaOfTransaction(operation);

    /// <summary>Calls that do not bind, because a reference is missing or an argument is still being written.</summary>
    private static List<IInvalidOperation> UnboundCallsIn(IOperation root)
    {
        List<IInvalidOperation> found = [];
        Operations.Visit(root, found, static (operation, found) =>
        {
            if (operation is IInvalidOperation { Syntax: InvocationExpressionSyntax } call)
                found.Add(call);
            return true;
        });
        return found;
    }

    private IEnumerable<IMethodSymbol> CandidatesOf(IInvalidOperation call) =>
        call.SemanticModel?.GetSymbolInfo(call.Syntax).CandidateSymbols.OfType<IMethodSymbol>().Where(_context.Own.Contains) ?? [];

    /// <summary>A delegate that is handed to a method whose name speaks of a transaction.</summary>
    private static bool IsInLambdaOfTransaction(IOperation operation)
    {
        for (IOperation? function = Operations.EnclosingFunction(operation); function is not null; function = Operations.EnclosingFunction(function))
        {
            if (function is IAnonymousFunctionOperation lambda && Operations.ArgumentOf(lambda) is { Parent: IInvocationOperation taker } && OuterTransactions.SpeaksOfTransaction(taker.TargetMethod.Name))
                return true;
        }

        return false;
    }

    private static bool Begins(MemberDeclarationSyntax declaration) =>
        declaration is BaseMethodDeclarationSyntax
        && declaration.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && OuterTransactions.SpeaksOfTransaction(token.ValueText));

    /// <summary><c>Transaction.Current</c>: the ambient transaction.</summary>
    private static bool AsksForOpenTransaction(MemberAccessExpressionSyntax access) =>
        access.Name.Identifier.ValueText == "Current" && access.Expression is IdentifierNameSyntax { Identifier.ValueText: "Transaction" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Transaction" };

    /// <summary>A member of a behaviour, filter or middleware that opens a transaction and runs what comes next.</summary>
    private static bool IsWrapper(MemberDeclarationSyntax declaration) =>
        declaration.Parent is TypeDeclarationSyntax type
        && (SpeaksOfWrapping(type.Identifier.ValueText) || type.BaseList?.Types.Any(one => SpeaksOfWrapping(one.Type.ToString())) == true)
        && declaration.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(static call => call.Expression.ToString() is "next" or "_next" or "next.Invoke" or "_next.Invoke" or "next.Send" or "this.next");

    private static bool SpeaksOfWrapping(string name) => Wrappers.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);
}
