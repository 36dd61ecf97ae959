using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Which session types are set up to run failed commands again, as the code in view says: this compilation and the projects that it references as source.
/// Read from syntax, by the names that rows give to the members of a set-up. Thread-safe.
/// </summary>
internal sealed class RetryingContexts
{
    private readonly CompilationContext _context;
    private readonly EditorMemory _memory;
    private readonly Lazy<Setups> _setups;
    private readonly Lazy<HashSet<string>> _retryingStrategies;

    public RetryingContexts(CompilationContext context, EditorMemory memory)
    {
        _context = context;
        _memory = memory;
        _setups = new(Find);
        _retryingStrategies = new(FindStrategies);
    }

    /// <summary>Whether any set-up in view enables retries.</summary>
    public bool Any => !_setups.Value.Retrying.IsEmpty;

    /// <summary>Whether sessions of a type run failed commands again.</summary>
    public RetryUse Of(INamedTypeSymbol session)
    {
        Setups setups = _setups.Value;
        if (setups.Retrying.IsAbout(session))
            return RetryUse.On;
        if (setups.Retrying.HasUnnamed && IsOnlySession(session))
            return RetryUse.On;
        bool mayRetry = setups.Retrying.HasUnnamed || setups.Unclear.HasUnnamed || setups.Unclear.IsAbout(session);
        return !mayRetry && setups.All.Value.IsAbout(session) ? RetryUse.Off : RetryUse.Unknown;
    }

    private Setups Find()
    {
        var retrying = new SessionSetups(_context, _memory);
        var unclear = new SessionSetups(_context, _memory);
        List<MemberModel> enabling = [.. _context.Models.MembersWith(DbEffect.EnablesRetries)];
        var disabling = new HashSet<string>(_context.Models.MembersWith(DbEffect.DisablesRetries).Select(static member => member.Name));
        foreach (InvocationExpressionSyntax call in ModelSources.Calls(_memory.Compilation, [.. enabling.Select(static member => member.Name).Distinct()]))
        {
            string name = ModelSources.NameOf(call)!;
            bool takesStrategy = enabling.Exists(member => member.Name == name && !member.ParametersOf(ParameterRole.Strategy).IsEmpty);
            bool? retries = takesStrategy ? MakesRetryingStrategy(call) : Disables(call, disabling) ? null : true;
            if (retries != false)
                (retries == true ? retrying : unclear).Add(call);
        }

        return new Setups(retrying, unclear, new(() => FindAll(enabling)));
    }

    private SessionSetups FindAll(List<MemberModel> enabling)
    {
        var all = new SessionSetups(_context, _memory);
        IEnumerable<string> names = _context.Models.MembersWith(DbEffect.SetsUp).Concat(enabling).Select(static member => member.Name).Distinct();
        foreach (InvocationExpressionSyntax call in ModelSources.Calls(_memory.Compilation, [.. names]))
            all.Add(call);
        return all;
    }

    /// <summary>Whether the arguments of a call switch retries off, or allow none.</summary>
    private static bool Disables(InvocationExpressionSyntax call, HashSet<string> disabling) =>
        call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax { Token.Value: 0 } }, ..]
        || call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => disabling.Contains(name.Identifier.ValueText));

    /// <summary>Whether the strategy that the argument of a call makes is of a type that retries; null when the code does not show which type it makes.</summary>
    private bool? MakesRetryingStrategy(InvocationExpressionSyntax call)
    {
        bool? found = null;
        foreach (ObjectCreationExpressionSyntax made in call.ArgumentList.DescendantNodes().OfType<ObjectCreationExpressionSyntax>())
        {
            if (SessionSetups.SimpleName(made.Type) is { } type && _retryingStrategies.Value.Contains(type))
                return true;
            found ??= made.Parent is LambdaExpressionSyntax ? false : null;
        }

        return found;
    }

    private HashSet<string> FindStrategies()
    {
        var found = new HashSet<string>(_context.Models.TypesWith(TypeTraits.Retries).Select(static type => type.Name.Substring(type.Name.LastIndexOf('.') + 1)), StringComparer.Ordinal);
        List<DeclaredType> declared = [.. SourceProjects.ReferencedBy(_memory.Compilation).Append(_memory.Compilation).SelectMany(DeclaredTypes.In)];
        bool grows = true;
        while (grows)
        {
            List<DeclaredType> derived = declared.FindAll(type => type.Bases.Any(found.Contains) && !found.Contains(type.Name));
            found.UnionWith(derived.Select(static type => type.Name));
            grows = derived.Count > 0;
        }

        return found;
    }

    /// <summary>Whether the code in view declares no other type of sessions of the same library.</summary>
    private bool IsOnlySession(INamedTypeSymbol session)
    {
        if (RootOf(session) is not { } root || session.DeclaringSyntaxReferences.IsEmpty)
            return false;
        foreach (DeclaredType declared in SourceProjects.ReferencedBy(_memory.Compilation).Append(_memory.Compilation).SelectMany(DeclaredTypes.In))
        {
            if (declared.In(_memory.Compilation) is { TypeKind: TypeKind.Class, IsAbstract: false } other
                && !SymbolEqualityComparer.Default.Equals(other, session)
                && SymbolEqualityComparer.Default.Equals(RootOf(other), root))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The library's own type that a session type derives from; null for any other type.</summary>
    private INamedTypeSymbol? RootOf(INamedTypeSymbol type)
    {
        INamedTypeSymbol? root = null;
        for (INamedTypeSymbol? parent = type; parent is not null && _context.Models.Of(parent)?.Has(TypeTraits.Session) == true; parent = parent.BaseType)
            root = parent;
        return root;
    }

    /// <summary>The set-ups in view.</summary>
    /// <param name="Retrying">Those that surely enable retries.</param>
    /// <param name="Unclear">Those that may.</param>
    /// <param name="All">All of them.</param>
    private sealed record Setups(SessionSetups Retrying, SessionSetups Unclear, Lazy<SessionSetups> All);
}
