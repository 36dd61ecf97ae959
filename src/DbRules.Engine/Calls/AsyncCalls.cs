using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Answers how a round trip is awaited, and given the token that is at hand. The compiler decides what can be called; rows decide what that does.</summary>
/// <param name="compilation">The compilation.</param>
/// <param name="context">What its bodies share.</param>
/// <param name="bounds">What limits the rows of a query.</param>
/// <param name="sendsMeanwhile">Whether the passes of a loop over a query send commands through the session that reads its rows meanwhile.</param>
internal sealed class AsyncCalls(Compilation compilation, CompilationContext context, RowBounds bounds, Func<DbCall, IForEachLoopOperation, bool> sendsMeanwhile)
{
    private const string StreamName = "AsAsyncEnumerable";
    private const string ListName = "ToListAsync";

    /// <summary>The dialect whose drivers run asynchronous members on the calling thread.</summary>
    public const string SynchronousDialect = "sqlite";

    private readonly AsyncPlaces _places = new(context.Models);
    private readonly CancellationTokens _tokens = new();
    private readonly TokenArguments _arguments = new(context.Models);
    private readonly SmallTable<string, ImmutableArray<INamedTypeSymbol>> _homes = new(StringComparer.Ordinal);

    /// <summary>The twin to await in place of a call that blocks asynchronous code; null when the call does not block, or nothing better can be called here.</summary>
    public AsyncTwin? TwinOf(DbCall call)
    {
        if (!AsyncPlaces.IsInAsyncFunction(call.Operation, call.Body.Owner) || !call.IsRoundTrip || IsSynchronousAnyway(call))
            return null;
        return call.Invocation is { } invocation ? TwinOf(call, invocation) : SequenceOf(call);
    }

    /// <summary>
    /// How a call is given the token that is at hand. Null when it has one, takes none, must not be cancelled (it ends a transaction or cleans up), or nobody waits for it.
    /// </summary>
    public TokenPass? MissingToken(DbCall call)
    {
        if (call.Invocation is not { Syntax: InvocationExpressionSyntax syntax, SemanticModel: { } model } invocation
            || AwaitedType(invocation.TargetMethod) is null
            || !call.IsRoundTrip
            || _arguments.HasToken(invocation)
            || !CancellationTokens.IsAwaited(invocation))
        {
            return null;
        }

        return TokenFor(call, invocation, invocation.TargetMethod, new CallBinding(model, syntax, Operations.Receiver(invocation)));
    }

    private AsyncTwin? TwinOf(DbCall call, IInvocationOperation invocation)
    {
        string name = invocation.TargetMethod.Name + "Async";
        if (invocation is not { Syntax: InvocationExpressionSyntax syntax, SemanticModel: { } model }
            || AwaitedType(invocation.TargetMethod) is not null
            || StartsConditionally(syntax)
            || !context.Models.MayModel(name)
            || !_places.CanAwait(invocation, call.Body, name))
        {
            return null;
        }

        foreach (INamedTypeSymbol? home in Homes(name))
        {
            var binding = new CallBinding(model, syntax, Operations.Receiver(invocation), home);
            if (binding.Bind(name) is not { } twin)
                continue;
            if (!IsTwin(twin, invocation))
                return null;
            return new AsyncTwin
            {
                Name = name,
                Import = home?.ContainingNamespace.ToDisplayString(),
                Token = TokenFor(call, invocation, twin, binding),
                Using = AsyncUsingOf(invocation),
            };
        }

        return null;
    }

    /// <summary>A query that <c>foreach</c> enumerates: as a stream for <c>await foreach</c>, or as a list where the passes send commands of their own.</summary>
    private AsyncTwin? SequenceOf(DbCall call)
    {
        if (LoopOver(call.Operation) is not { IsAsynchronous: false } loop
            || call.Operation is not { Syntax: ExpressionSyntax query, SemanticModel: { } model }
            || !_places.CanAwait(loop, call.Body, StreamName)
            || !TryFind(StreamName, DbEffect.LeavesStore, out INamedTypeSymbol? home))
        {
            return null;
        }

        // An open reader keeps most connections from sending anything else.
        INamedTypeSymbol? listHome = null;
        bool isList = sendsMeanwhile(call, loop) && TryFind(ListName, DbEffect.RoundTrip, out listHome);
        string? token = AsyncPlaces.IsInCleanup(loop) ? null : _tokens.At(loop, call.Body);
        return new AsyncTwin
        {
            Name = isList ? ListName : StreamName,
            Import = (isList ? listHome : home)?.ContainingNamespace.ToDisplayString(),
            IsEnumeration = true,
            IsList = isList,
            HasLimit = isList && call.Query is { } rows && bounds.OfRows(rows, call.Body.Origins) == RowBound.Limited,
            Token = token is null ? null : new TokenPass(token, []),
        };

        bool TryFind(string name, DbEffect effect, out INamedTypeSymbol? home)
        {
            ExpressionSyntax source = StandIns.For(call.Operation, query);
            foreach (INamedTypeSymbol? candidate in Homes(name))
            {
                home = candidate;
                string expression = home is null ? $"({source}).{name}()" : $"{home.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{name}({source})";
                if (model.GetSpeculativeSymbolInfo(query.SpanStart, SyntaxFactory.ParseExpression(expression), SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol method)
                    return context.Models.Of(method)?.Has(effect) == true;
            }

            home = null;
            return false;
        }
    }

    private TokenPass? TokenFor(DbCall call, IInvocationOperation invocation, IMethodSymbol method, CallBinding binding) =>
        (call.Model!.Effect & (DbEffect.Commits | DbEffect.RollsBack)) == 0 && !AsyncPlaces.IsInCleanup(invocation) && _tokens.At(invocation, call.Body) is { } token
            ? _arguments.Of(invocation, method, binding, token)
            : null;

    /// <summary>
    /// Whether a method does the same as the call, asynchronously: it is a round trip, gives what the call gives, and is no default of a base class that a
    /// type with a synchronous member of its own has left as it is. Such a default blocks as well, or does not do what the type's own member does.
    /// </summary>
    private bool IsTwin(IMethodSymbol twin, IInvocationOperation call) =>
        context.Models.Of(twin) is { } model
        && model.Has(DbEffect.RoundTrip)
        && !model.Has(DbEffect.Lazy)
        && AwaitedType(twin) is { } awaited
        && (SymbolEqualityComparer.Default.Equals(awaited, call.TargetMethod.ReturnType) || (call.TargetMethod.ReturnsVoid && Tasks.IsTask(awaited)))
        && !IsInheritedDefault(twin, call.TargetMethod);

    private static bool IsInheritedDefault(IMethodSymbol twin, IMethodSymbol method)
    {
        if (method.IsStatic || twin.IsStatic || twin.ReducedFrom is not null || twin.IsAbstract)
            return false;
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(twin.Name).IsEmpty)
                return !SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, method.ContainingType.OriginalDefinition);
        }

        return false;
    }

    /// <summary>Whether the driver behind a call does not wait asynchronously at all.</summary>
    private bool IsSynchronousAnyway(DbCall call)
    {
        if (context.Models.OnlyDialect == SynchronousDialect)
            return true;
        return IsOfDialect(call.Session) || (call.Invocation is { } invocation && IsOfDialect(Operations.Receiver(invocation)));

        bool IsOfDialect(IOperation? value) => value is not null
            && (TypeIsOfDialect(Operations.Unwrap(value).Type) || TypeIsOfDialect(call.Body.Origins.Resolve(value).Type));
    }

    private bool TypeIsOfDialect(ITypeSymbol? type) => context.DialectOf(type) == SynchronousDialect;

    /// <summary>What is in scope, then the classes with rows for extension methods of a name.</summary>
    private IEnumerable<INamedTypeSymbol?> Homes(string name)
    {
        yield return null;
        foreach (INamedTypeSymbol home in _homes.GetOrAdd(name, FindHomes))
            yield return home;
    }

    private ImmutableArray<INamedTypeSymbol> FindHomes(string name) =>
    [
        .. context.Models.TypesNaming(name)
            .Select(compilation.GetTypeByMetadataName)
            .OfType<INamedTypeSymbol>()
            .Where(type => type is { IsStatic: true, DeclaredAccessibility: Accessibility.Public } && type.GetMembers(name).Any(member => member is IMethodSymbol { IsExtensionMethod: true })),
    ];

    /// <summary>What awaiting the call gives; the task itself where it gives nothing; null when the method does not return a task.</summary>
    private static ITypeSymbol? AwaitedType(IMethodSymbol method) =>
        Tasks.IsTask(method.ReturnType) ? Tasks.ResultOf(method.ReturnType) : null;

    /// <summary>Whether the receiver stands behind a <c>?.</c>: awaiting nothing fails.</summary>
    private static bool StartsConditionally(InvocationExpressionSyntax call)
    {
        ExpressionSyntax? current = call;
        while (true)
        {
            switch (current)
            {
                case InvocationExpressionSyntax invocation:
                    current = invocation.Expression;
                    break;
                case MemberAccessExpressionSyntax access:
                    current = access.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    current = element.Expression;
                    break;
                case PostfixUnaryExpressionSyntax postfix:
                    current = postfix.Operand;
                    break;
                default:
                    return current is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax;
            }
        }
    }

    private static IForEachLoopOperation? LoopOver(IOperation query)
    {
        IOperation child = query;
        while (child.Parent is IConversionOperation or IParenthesizedOperation)
            child = child.Parent;
        return child.Parent is IForEachLoopOperation loop && loop.Collection == child ? loop : null;
    }

    /// <summary>The <c>using</c> whose only variable holds the result of the call and can be released asynchronously; null when there is none.</summary>
    private static IOperation? AsyncUsingOf(IInvocationOperation call)
    {
        IOperation value = call;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.Type: var type, Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: IVariableDeclarationGroupOperation { Parent: var user } } } }
            || !(type.Name == "IAsyncDisposable" || type.AllInterfaces.Any(implemented => implemented.Name == "IAsyncDisposable")))
        {
            return null;
        }

        return user is IUsingDeclarationOperation { IsAsynchronous: false } or IUsingOperation { IsAsynchronous: false } ? user : null;
    }
}
