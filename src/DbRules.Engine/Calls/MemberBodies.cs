using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>The facts of member bodies: each body is walked once, whoever asks first, the driver for a rule or a caller's summary. Thread-safe.</summary>
internal sealed class MemberBodies(CompilationContext context)
{
    private const int BodiesOfSmallFile = 7;
    private const int FilesForOneWithBodies = 4;

    private int _filesHandedOver;
    private readonly ConcurrentDictionary<SyntaxTree, SortedList<int, BodyFacts>> _bodies = new();

    /// <summary>The facts of a body as the driver hands it over; attributes and parameter defaults are not part of it.</summary>
    public BodyFacts Of(ISymbol owner, ImmutableArray<IOperation> blocks)
    {
        // Every rule asks: all but the first get the answer without a list of their own, and so do most bodies, which have nothing but code.
        int running = 0;
        IOperation? first = null;
        foreach (IOperation block in blocks)
        {
            if (!Runs(block))
                continue;
            first ??= block;
            running++;
        }

        if (first is null)
            return BodyFacts.Empty;
        return Known(first) ?? Walk(owner, running == blocks.Length ? blocks : running == 1 ? [first] : [.. blocks.Where(Runs)], isHandedOver: true);
    }

    /// <summary>
    /// The facts of a method's own body; null when it cannot be seen. What a tool has written without a word of a database library is not looked at: resources, pages and
    /// clients of services, of which there are many and none sends a command by itself. The driver forgets the semantic model of a file that it is done with: a body
    /// that was walked before is not bound again.
    /// </summary>
    public BodyFacts? Of(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        if (Known(definition) is { } known)
            return known;
        if (definition.DeclaringSyntaxReferences is [{ SyntaxTree: var tree }] && GeneratedFiles.Contains(tree) && !context.Models.IsLibraryNamedIn(tree))
            return null;
        return context.Bodies.OwnBodyOf(definition) is { } bodies ? Walk(definition, [.. bodies.SelectMany(Blocks)], isHandedOver: false) : null;
    }

    /// <summary>Whether the body of a method was walked, so that it need not be bound.</summary>
    public bool HasWalked(IMethodSymbol method) => Known(method) is not null;

    /// <summary>The call to a store that stands at a place in the code of a method; null when there is none.</summary>
    public DbCall? CallAt(Location place)
    {
        if (place.SourceTree?.GetRoot().FindNode(place.SourceSpan) is not { } node || CalleeBodies.DeclarationAround(node) is not { } declaration)
            return null;
        BodyFacts? body = Known(declaration.SyntaxTree, declaration.SpanStart) ?? (context.Bodies.MethodOf(declaration) is { } method ? Of(method) : null);
        return body?.Calls.FirstOrDefault(call => call.Location.Equals(place));
    }

    /// <summary>
    /// Whether the driver has handed over bodies of a good part of the files, as in a build; many files have none. Tells only what is cheap, nothing about the code.
    /// </summary>
    public bool HasWalkedMost => _filesHandedOver * FilesForOneWithBodies > context.Files;

    /// <summary>
    /// The code of a declaration, as <see cref="CalleeBodies.DeclarationAround"/> finds it: that which was walked, so that it is not bound again. Null when it has none, or
    /// when it is source of another project.
    /// </summary>
    public IReadOnlyList<IOperation>? CodeOf(SyntaxNode declaration) =>
        Known(declaration.SyntaxTree, declaration.SpanStart) is { Roots: { Count: > 0 } roots } ? roots : context.Bodies.BodyOf(declaration);

    private BodyFacts? Known(IMethodSymbol definition) =>
        definition.DeclaringSyntaxReferences is [var declaration] ? Known(declaration.SyntaxTree, declaration.Span.Start) : null;

    private BodyFacts? Known(IOperation block)
    {
        SyntaxNode declaration = DeclarationOf(block.Syntax);
        return Known(declaration.SyntaxTree, declaration.SpanStart);
    }

    private BodyFacts? Known(SyntaxTree tree, int start)
    {
        if (!_bodies.TryGetValue(tree, out SortedList<int, BodyFacts>? file))
            return null;
        lock (file)
            return file.TryGetValue(start, out BodyFacts? facts) ? facts : null;
    }

    /// <summary>What a symbol names as its declaration: the whole member, the accessor, or the arrow of a property that has no accessors.</summary>
    private static SyntaxNode DeclarationOf(SyntaxNode body) => body switch
    {
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax } => body,
        BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax when body.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax => body.Parent,
        _ => body,
    };

    private static bool Runs(IOperation block) => block is not (IAttributeOperation or IParameterInitializerOperation);

    private static IEnumerable<IOperation> Blocks(IOperation body) => body switch
    {
        IConstructorBodyOperation constructor => new[] { constructor.Initializer, constructor.BlockBody, constructor.ExpressionBody }.OfType<IOperation>(),
        IMethodBodyOperation method => new IOperation?[] { method.BlockBody, method.ExpressionBody }.OfType<IOperation>(),
        _ => [body],
    };

    private BodyFacts Walk(ISymbol owner, ImmutableArray<IOperation> roots, bool isHandedOver)
    {
        if (roots.IsEmpty)
            return BodyFacts.Empty;
        if (Known(roots[0]) is { } known)
            return known;
        SyntaxNode declaration = DeclarationOf(roots[0].Syntax);
        if (!_bodies.TryGetValue(declaration.SyntaxTree, out SortedList<int, BodyFacts>? file))
        {
            // Most entries of most files say that a body does nothing: a sorted list takes least for each, and bodies come nearly in order.
            file = _bodies.GetOrAdd(declaration.SyntaxTree, static _ => new(capacity: BodiesOfSmallFile));
            if (isHandedOver)
                Interlocked.Increment(ref _filesHandedOver);
        }

        BodyFacts read = BodyFacts.Read(context, owner, roots);
        lock (file)
        {
            if (file.TryGetValue(declaration.SpanStart, out BodyFacts? meanwhile))
                return meanwhile;
            file.Add(declaration.SpanStart, read);
            return read;
        }
    }
}
