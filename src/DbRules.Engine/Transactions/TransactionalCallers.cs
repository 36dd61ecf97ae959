using System.Collections.Immutable;
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

    /// <summary>What files say; null in place of a declaration where every member counts as called.</summary>
    private static readonly FileSearch<MemberDeclarationSyntax?> Beginning = new(ReadFile, "Transaction", "UnitOfWork");

    private readonly CompilationContext _context;
    private readonly MemberBodies _bodies;
    private readonly Callees _callees;
    private readonly OpenTransactions _open;
    private readonly EditorMemory _memory;
    private readonly Lazy<HashSet<DeclaredPlace>?> _called;

    public TransactionalCallers(CompilationContext context, MemberBodies bodies, Callees callees, OpenTransactions open, EditorMemory memory)
    {
        _context = context;
        _bodies = bodies;
        _callees = callees;
        _open = open;
        _memory = memory;
        _called = new(Find);
    }

    /// <summary>Whether a caller of a member may have a transaction open.</summary>
    public bool MayCall(IMethodSymbol member) => _called.Value is not { } called || (DeclaredPlace.Of(member) is { } place && called.Contains(place));

    /// <summary>The members that may be called within a transaction; null when all may.</summary>
    private HashSet<DeclaredPlace>? Find()
    {
        HashSet<DeclaredPlace> members = [];
        var pending = new Queue<DeclaredPlace>();
        foreach (MemberDeclarationSyntax? declaration in Beginning.In(ModelSources.Written(_memory.Compilation)))
        {
            if (declaration is null)
                return null;
            if (_memory.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                Add(CalledInTransaction(new DeclaredPlace(KeptAnswers.File(declaration.SyntaxTree), declaration.Span)));
        }

        while (pending.Count > 0)
        {
            if (members.Count > MaxMembers)
                return null;
            Add(CalledBy(pending.Dequeue()));
        }

        return members;

        void Add(ImmutableArray<DeclaredPlace> called)
        {
            foreach (DeclaredPlace member in called)
            {
                if (members.Add(member))
                    pending.Enqueue(member);
            }
        }
    }

    /// <summary>The members that a member calls, or may call.</summary>
    private ImmutableArray<DeclaredPlace> CalledBy(DeclaredPlace member)
    {
        KeptAnswers? answers = _memory.Answers;
        if (answers?.Called.Of(member, _memory.Compilation) is { } kept)
            return kept.Answer;
        ImmutableArray<DeclaredPlace> called = BodyAt(member) is { } body ? PlacesOf(body.OwnCalls.SelectMany(TargetsOf)) : [];
        answers?.Called.Keep(member, called, FilesOf(member, called));
        return called;
    }

    /// <summary>Those that it calls while it has a transaction open itself.</summary>
    private ImmutableArray<DeclaredPlace> CalledInTransaction(DeclaredPlace member)
    {
        KeptAnswers? answers = _memory.Answers;
        if (answers?.CalledInTransaction.Of(member, _memory.Compilation) is { } kept)
            return kept.Answer;
        if (BodyAt(member) is not { } body)
            return [];
        ImmutableArray<DeclaredPlace> called = PlacesOf(body.OwnCalls.Where(call => IsInTransaction(call.Operation, body)).SelectMany(TargetsOf)
            .Concat(body.Roots.SelectMany(UnboundCallsIn).Where(unbound => IsInTransaction(unbound, body)).SelectMany(CandidatesOf)));
        // What is handed a transaction may end it.
        answers?.CalledInTransaction.Keep(member, called, FilesOf(member, called.Concat(PlacesOf(body.OwnCalls.SelectMany(TargetsOf)))));
        return called;
    }

    /// <summary>The files that an answer about a member comes from, or names places in.</summary>
    private static ImmutableHashSet<WeakReference<SyntaxTree>> FilesOf(DeclaredPlace member, IEnumerable<DeclaredPlace> others) => [member.File, .. others.Select(static one => one.File)];

    private BodyFacts? BodyAt(DeclaredPlace member) =>
        member.IsIn(_memory.Compilation) && member.Declaration is { } declaration && _context.Bodies.MethodOf(declaration) is { } method ? _bodies.Of(method) : null;

    private IEnumerable<IMethodSymbol> TargetsOf(OwnCall call) =>
        _callees.TargetOf(call) is { } target ? _callees.AlternativesOf(target).Select(static node => node.Symbol).Append(target.Symbol) : [];

    /// <summary>Where members of this compilation stand.</summary>
    private ImmutableArray<DeclaredPlace> PlacesOf(IEnumerable<IMethodSymbol> members) =>
        [.. members.Select(static member => DeclaredPlace.Of(member)).OfType<DeclaredPlace>().Where(place => place.IsIn(_memory.Compilation)).Distinct()];

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

    /// <summary>The members of a file that may begin a transaction; a single null where nobody can tell what runs in one.</summary>
    private static IEnumerable<MemberDeclarationSyntax?> ReadFile(CompilationUnitSyntax file)
    {
        // Code that asks for the ambient transaction expects that somebody out of view has opened one.
        if (file.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(AsksForOpenTransaction))
            return [null];
        List<MemberDeclarationSyntax?> beginning = [.. file.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<MemberDeclarationSyntax>().Where(Begins)];
        return beginning.Exists(static declaration => IsWrapper(declaration!)) ? [null] : beginning;
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
