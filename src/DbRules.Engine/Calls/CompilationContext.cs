using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>What all bodies of one compilation share.</summary>
/// <param name="compilation">The compilation.</param>
/// <param name="models">The rows, resolved for it.</param>
/// <param name="isReferenced">Whether another compilation refers to this one and asks about it, so that no driver keeps its semantic models.</param>
/// <param name="mayMatter">Which members of the compilation may do something to a store; null when that is not known, so that all may.</param>
internal sealed class CompilationContext(Compilation compilation, ModelIndex models, bool isReferenced, Func<IMethodSymbol, bool>? mayMatter = null)
{
    private readonly Later<(Compilation Compilation, ModelIndex Models), string?> _setUpDialect = new((compilation, models), static state => SetUpDialect.Of(state.Compilation, state.Models));

    public ModelIndex Models { get; } = models;

    /// <summary>How many files the compilation has.</summary>
    public int Files { get; } = compilation.SyntaxTrees.Count();

    /// <summary>The SQL dialect behind the contexts: of the only database library that is referenced, else of the only one that code in view sets contexts up for. Null when that is not known.</summary>
    public string? ContextDialect => Models.OnlyDialect ?? _setUpDialect.Value;

    /// <summary>The SQL dialect that a type stands for: its own, or that behind the contexts where it is one. Null for any other type.</summary>
    public string? DialectOf(ITypeSymbol? type) =>
        type is not null && Models.Of(type) is { } model ? model.Dialect ?? (model.Has(TypeTraits.Context) ? ContextDialect : null) : null;

    public WellKnownTypes Types { get; } = new();

    public LibraryVocabulary Vocabulary { get; } = new(models);

    public OwnCode Own { get; } = new(compilation, mayMatter);

    public CalleeBodies Bodies { get; } = new(compilation, isReferenced);

    public ParsedTexts Texts { get; } = new();

    public CodeRoles Roles { get; } = new(compilation, models);

    /// <summary>A reader that found nothing, for the next body; null while one is at work.</summary>
    public CallReader? SpareReader;
}
